import type { FieldChange, Impact, Note, Refusal } from '#schemas/plan/plan.ts';
import type { ActualServer } from '#schemas/state/actual.ts';
import type { PowerHold, ServerLedgerEntry } from '#schemas/state/ledger.ts';
import type { ServerValues } from '#schemas/state/values.ts';
import { t, type Text } from '#schemas/text/text.ts';
import type { DesiredServer } from '../../infra/desired-state.ts';
import { diffFields, isSame, serverFields } from './diff-fields.ts';
import type { Match } from './match-objects.ts';
import { planMatch } from './plan-match.ts';
import { isProtected, makeChange, makeStep, type Planned } from './planned.ts';
import { noteServerState, noteWriteOnly } from './server-notes.ts';
import { createSteps, updateSteps } from './server-steps.ts';
import { type NameNetwork, toServerValues } from './server-values.ts';

/** What planning one declared server needs. */
export interface ServerPlanInput {
  readonly desired: DesiredServer;
  readonly match: Match<ActualServer>;
  readonly entry: ServerLedgerEntry | undefined;
  /** Power state set by `ict power` or a schedule, still in force. */
  readonly hold: PowerHold | undefined;
  readonly nameNetwork: NameNetwork;
  readonly isReplaceAllowed: boolean;
  readonly run: string;
}

/** Fields that cannot be changed on an existing server (API reference, section 3.5). */
const unchangeable = new Set<string>(['dc', 'image']);

/** Plans one server the file declares. Pure. */
export const planServer = (input: ServerPlanInput): Planned =>
  planMatch(input.desired, input.match, {
    create: (reason) => planCreate(input, reason),
    compare: (remote, isRecorded) => planExisting(input, remote, isRecorded ? input.entry : undefined),
  });

function planCreate(input: ServerPlanInput, reason: Text): Planned {
  const { desired } = input;
  return {
    change: makeChange(desired.address, {
      action: 'create',
      fields: diffFieldsFromNothing(desired.values),
      reasons: [reason],
      source: desired.source,
      steps: createSteps(desired),
    }),
    notes: [],
    refusals: [],
  };
}

function planExisting(input: ServerPlanInput, remote: ActualServer, entry: ServerLedgerEntry | undefined): Planned {
  const { desired, hold } = input;
  const actual = toServerValues(remote, input.nameNetwork, desired.values);
  const fields = diffFields(serverFields, desired.values, actual, entry?.values).filter(
    (field) => !(field.field === 'power' && hold?.power === actual.power),
  );
  const isAdoption = entry === undefined;
  const notes: Note[] = [
    ...noteServerState(desired, remote),
    ...(entry ? noteWriteOnly(desired, entry) : []),
    ...(hold && hold.power !== desired.values.power ? [noteHold(desired, hold)] : []),
  ];
  const change = { remoteId: remote.id, fields, source: desired.source };
  const wanted: ServerLedgerEntry = {
    kind: 'server',
    address: desired.address,
    name: remote.name,
    id: remote.id,
    origin: entry?.origin ?? 'adopted',
    protect: isProtected(desired.protect, entry),
    run: entry?.run ?? input.run,
    values: { ...actual, power: hold ? (entry?.values.power ?? actual.power) : actual.power },
    writeOnly: entry?.writeOnly ?? desired.writeOnly,
  };
  const adopt = isAdoption ? [makeStep('adopt', desired.address, { entry: wanted })] : [];

  const replaced = fields.filter((field) => unchangeable.has(field.field) || isShrink(field));
  if (replaced.length > 0) return planReplace(input, remote, entry, change, replaced, notes);

  if (remote.state === 'new' || remote.state === 'need-money') {
    const steps = [...adopt, makeStep('await-server', desired.address, { remoteId: remote.id }), ...updateSteps(desired, actual, fields)];
    const reason =
      remote.state === 'new' ? t('is still being created: apply waits for it') : t('waits for money: top up the balance, then apply');
    return { change: makeChange(desired.address, { ...change, action: 'resume', reasons: [reason], steps }), notes, refusals: [] };
  }

  const steps = [...adopt, ...updateSteps(desired, actual, fields)];
  if (steps.length === 0) {
    const isStale = entry !== undefined && !isUpToDate(entry, wanted);
    return {
      change: makeChange(desired.address, change),
      ...(isStale ? { record: { address: desired.address, entry: wanted } } : {}),
      notes,
      refusals: [],
    };
  }
  return {
    change: makeChange(desired.address, {
      ...change,
      action: isAdoption ? 'adopt' : actionOf(fields),
      impacts: impactsOf(fields, remote),
      reasons: reasonsOf(fields, isAdoption),
      steps,
    }),
    ...(entry !== undefined && entry.protect !== wanted.protect
      ? { record: { address: desired.address, entry: { ...entry, protect: wanted.protect } } }
      : {}),
    notes,
    refusals: [],
  };
}

function planReplace(
  input: ServerPlanInput,
  remote: ActualServer,
  entry: ServerLedgerEntry | undefined,
  change: Parameters<typeof makeChange>[1],
  replaced: readonly FieldChange[],
  notes: readonly Note[],
): Planned {
  const { desired } = input;
  const names = replaced.map((field) => field.field).join(', ');
  const refusals: Refusal[] = [];
  const refuseWith = (kind: Refusal['kind'], text: Text) => refusals.push({ kind, address: desired.address, text, source: desired.source });
  if (entry?.origin !== 'created') {
    refuseWith(
      'not-ours',
      t(
        '{0} differs in {1}, which only a new server can have, and ict did not create this one, so it will not delete it. Bring the file in line with the panel, or rename the entry.',
        desired.address,
        names,
      ),
    );
  } else if (isProtected(desired.protect, entry)) {
    refuseWith('protected', t('{0} is protected and may not be replaced. To lift that: ict unprotect {0}', desired.address));
  } else if (!input.isReplaceAllowed) {
    refuseWith(
      'replace-not-allowed',
      t('{0} would be deleted and created anew, empty, because of {1}. To allow it: --allow-replace {0}', desired.address, names),
    );
  }
  const steps = [makeStep('delete-server', desired.address, { remoteId: remote.id }), ...createSteps(desired)];
  return {
    change: makeChange(desired.address, {
      ...change,
      action: 'replace',
      impacts: ['downtime', 'new-address', 'data-loss', 'irreversible'],
      reasons: [t('{0} cannot be changed on an existing server', names)],
      steps,
    }),
    notes,
    refusals,
  };
}

const isShrink = (field: FieldChange): boolean => field.field === 'disk' && Number(field.desired) < Number(field.actual);

function actionOf(fields: readonly FieldChange[]): 'update' | 'link' | 'power' {
  if (fields.some((field) => field.field !== 'power' && field.field !== 'networks')) return 'update';
  return fields.some((field) => field.field === 'networks') ? 'link' : 'power';
}

/** Reboots follow the panel's wording: CPU, RAM and pool reboot, growth of the disk alone does not (API reference, 3.5). */
function impactsOf(fields: readonly FieldChange[], remote: ActualServer): Impact[] {
  const impacts = new Set<Impact>();
  for (const { field, desired } of fields) {
    if (remote.isPowerOn && ['cpu', 'ram', 'pool', 'disk_type'].includes(field)) impacts.add('reboot');
    if (field === 'power' && desired === 'off') impacts.add('downtime');
  }
  return impacts.size === 0 ? ['none'] : [...impacts];
}

function reasonsOf(fields: readonly FieldChange[], isAdoption: boolean): Text[] {
  if (isAdoption) return [t('an object of this name exists and is taken over as it is')];
  const origins = new Set(fields.map((field) => field.origin));
  const reasons: Text[] = [];
  if (origins.has('file')) reasons.push(t('changed in the file'));
  if (origins.has('panel')) reasons.push(t('changed in the panel since the last apply'));
  if (origins.has('both')) reasons.push(t('changed in the file and in the panel'));
  if (origins.has('unknown')) reasons.push(t('differs, and no earlier apply is recorded'));
  return reasons;
}

/** The fields of a server that does not exist yet, for reading. */
const diffFieldsFromNothing = (values: ServerValues): FieldChange[] =>
  (Object.keys(serverFields) as (keyof ServerValues)[])
    .filter((key) => !(Array.isArray(values[key]) && values[key].length === 0))
    .map((key) => ({ field: serverFields[key], desired: values[key], origin: 'file' }));

const isUpToDate = (entry: ServerLedgerEntry, wanted: ServerLedgerEntry): boolean =>
  entry.protect === wanted.protect &&
  (Object.keys(serverFields) as (keyof ServerValues)[]).every((key) => isSame(entry.values[key], wanted.values[key]));

const noteHold = (desired: DesiredServer, hold: PowerHold): Note => ({
  code: 'power-held',
  level: 'info',
  address: desired.address,
  text: hold.until
    ? t('power is {0}, set by {1} until {2}', hold.power, hold.by, hold.until)
    : t('power is {0}, set by {1}', hold.power, hold.by),
  source: desired.source,
});
