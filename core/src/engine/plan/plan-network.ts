import type { FieldChange, Refusal } from '#schemas/plan/plan.ts';
import type { ActualNetwork } from '#schemas/state/actual.ts';
import type { NetworkLedgerEntry } from '#schemas/state/ledger.ts';
import type { NetworkValues } from '#schemas/state/values.ts';
import { t, type Text } from '#schemas/text/text.ts';
import type { DesiredNetwork } from '../../infra/desired-state.ts';
import { diffFields, networkFields } from './diff-fields.ts';
import type { Match } from './match-objects.ts';
import { planAdoption } from './plan-adoption.ts';
import { type Creation, planMatch } from './plan-match.ts';
import { addReplacedId, isProtected, makeChange, makeStep, type Planned } from './planned.ts';

export interface NetworkPlanInput {
  readonly desired: DesiredNetwork;
  readonly match: Match<ActualNetwork>;
  readonly entry: NetworkLedgerEntry | undefined;
  readonly run: string;
}

/** Plans one network the file declares. The API can only rename a network, so a difference is refused, not replaced. */
export const planNetwork = (input: NetworkPlanInput): Planned =>
  planMatch(input.desired, input.match, {
    create: (creation) => planCreate(input, creation),
    compare: (remote) => (input.entry ? planRecorded(input, remote, input.entry) : planAdopted(input, remote, 'id', undefined)),
    adopt: (remote, by, lostId) => planAdopted(input, remote, by, lostId),
  });

function planCreate({ desired, entry }: NetworkPlanInput, { reason, lostId }: Creation): Planned {
  const { values, protect } = desired;
  const replaced = addReplacedId(entry, lostId);
  return {
    change: makeChange(desired.address, {
      action: lostId === undefined ? 'create' : 'recreate',
      fields: [
        { field: 'dc', desired: values.dc, origin: 'file' },
        { field: 'dhcp', desired: values.dhcp, origin: 'file' },
      ],
      reasons: [reason],
      source: desired.source,
      steps: [makeStep('create-network', desired.address, { name: desired.name, ...values, protect, ...replaced })],
    }),
    notes: [],
    refusals: [],
  };
}

/** What a network has; a value the provider does not tell is no difference. */
const actualValues = (remote: ActualNetwork, desired: DesiredNetwork): NetworkValues => ({
  dc: remote.values.dc ?? desired.values.dc,
  dhcp: remote.values.dhcp ?? desired.values.dhcp,
});

function diffNetwork(desired: DesiredNetwork, actual: NetworkValues, recorded: NetworkValues | undefined): FieldChange[] {
  const wanted = { ...actual, ...Object.fromEntries([...desired.managed].map((key) => [key, desired.values[key]])) };
  return diffFields(networkFields, wanted, actual, recorded);
}

function planAdopted(
  { desired, entry, run }: NetworkPlanInput,
  remote: ActualNetwork,
  by: 'id' | 'name',
  lostId: number | undefined,
): Planned {
  const actual = actualValues(remote, desired);
  return planAdoption({
    address: desired.address,
    name: remote.name,
    remoteId: remote.id,
    by,
    fields: diffNetwork(desired, actual, undefined),
    entry: {
      kind: 'network',
      address: desired.address,
      name: remote.name,
      id: remote.id,
      origin: 'adopted',
      protect: desired.protect,
      run,
      ...addReplacedId(entry, lostId),
      values: actual,
    },
    source: desired.source,
    notes: [],
  });
}

function planRecorded({ desired }: NetworkPlanInput, remote: ActualNetwork, entry: NetworkLedgerEntry): Planned {
  const actual = actualValues(remote, desired);
  const fields = diffNetwork(desired, actual, entry.values);
  const change = { remoteId: remote.id, fields, source: desired.source };
  if (remote.state === 'deleting') {
    const text = t('{0} is being deleted in the cloud. Run plan again when it is gone.', desired.address);
    return { change: makeChange(desired.address, change), notes: [], refusals: [refusal(desired, 'being-deleted', text)] };
  }
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
  const { unknownSince, unseen, ...rest } = entry;
  const wanted: NetworkLedgerEntry = { ...rest, protect: isProtected(desired.protect, entry), values: actual };
  const isStale =
    unknownSince !== undefined ||
    unseen !== undefined ||
    entry.protect !== wanted.protect ||
    entry.values.dc !== actual.dc ||
    entry.values.dhcp !== actual.dhcp;
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
