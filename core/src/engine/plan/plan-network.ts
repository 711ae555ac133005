import type { Refusal } from '#schemas/plan/plan.ts';
import type { ActualNetwork } from '#schemas/state/actual.ts';
import type { NetworkLedgerEntry } from '#schemas/state/ledger.ts';
import type { NetworkValues } from '#schemas/state/values.ts';
import { t, type Text } from '#schemas/text/text.ts';
import type { DesiredNetwork } from '../../infra/desired-state.ts';
import { diffFields, networkFields } from './diff-fields.ts';
import type { Match } from './match-objects.ts';
import { planMatch } from './plan-match.ts';
import { isProtected, makeChange, makeStep, type Planned } from './planned.ts';

export interface NetworkPlanInput {
  readonly desired: DesiredNetwork;
  readonly match: Match<ActualNetwork>;
  readonly entry: NetworkLedgerEntry | undefined;
  readonly run: string;
}

/** Plans one network the file declares. The API can only rename a network, so a difference is refused, not replaced. */
export const planNetwork = (input: NetworkPlanInput): Planned =>
  planMatch(input.desired, input.match, {
    create: (reason) => planCreate(input.desired, reason),
    compare: (remote, isRecorded) => planExisting(input, remote, isRecorded ? input.entry : undefined),
  });

function planCreate(desired: DesiredNetwork, reason: Text): Planned {
  const { values, protect } = desired;
  return {
    change: makeChange(desired.address, {
      action: 'create',
      fields: [
        { field: 'dc', desired: values.dc, origin: 'file' },
        { field: 'dhcp', desired: values.dhcp, origin: 'file' },
      ],
      reasons: [reason],
      source: desired.source,
      steps: [makeStep('create-network', desired.address, { name: desired.name, ...values, protect })],
    }),
    notes: [],
    refusals: [],
  };
}

function planExisting(input: NetworkPlanInput, remote: ActualNetwork, entry: NetworkLedgerEntry | undefined): Planned {
  const { desired } = input;
  const actual: NetworkValues = { dc: remote.values.dc ?? desired.values.dc, dhcp: remote.values.dhcp ?? desired.values.dhcp };
  const fields = diffFields(networkFields, desired.values, actual, entry?.values);
  const wanted: NetworkLedgerEntry = {
    kind: 'network',
    address: desired.address,
    name: remote.name,
    id: remote.id,
    origin: entry?.origin ?? 'adopted',
    protect: isProtected(desired.protect, entry),
    run: entry?.run ?? input.run,
    values: actual,
  };
  const change = { remoteId: remote.id, fields, source: desired.source };
  if (fields.length > 0) {
    const names = fields.map((field) => field.field).join(', ');
    return {
      change: makeChange(desired.address, change),
      notes: [],
      refusals: [
        refusal(
          desired,
          'replace-impossible',
          t(
            '{0} differs in {1}, and the API cannot change that on an existing network. Bring the file in line with the panel, or declare a network of another name and move the servers to it.',
            desired.address,
            names,
          ),
        ),
      ],
    };
  }
  if (!entry) {
    return {
      change: makeChange(desired.address, {
        ...change,
        action: 'adopt',
        impacts: ['none'],
        reasons: [t('an object of this name exists and is taken over as it is')],
        steps: [makeStep('adopt', desired.address, { entry: wanted })],
      }),
      notes: [],
      refusals: [],
    };
  }
  const isStale = entry.protect !== wanted.protect || entry.values.dc !== actual.dc || entry.values.dhcp !== actual.dhcp;
  return {
    change: makeChange(desired.address, change),
    ...(isStale ? { record: { address: desired.address, entry: wanted } } : {}),
    notes: [],
    refusals: [],
  };
}

const refusal = (desired: DesiredNetwork, kind: Refusal['kind'], text: Text): Refusal => ({
  kind,
  address: desired.address,
  text,
  source: desired.source,
});
