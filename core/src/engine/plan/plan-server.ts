import type { FieldChange, Impact, Note, Refusal } from '#schemas/plan/plan.ts';
import type { ActualServer } from '#schemas/state/actual.ts';
import type { PowerHold, ServerLedgerEntry } from '#schemas/state/ledger.ts';
import type { ServerValues } from '#schemas/state/values.ts';
import { t, type Text } from '#schemas/text/text.ts';
import { comparedValues, serverFields } from '../../infra/compared-fields.ts';
import type { DesiredServer } from '../../infra/desired-state.ts';
import { diffFields, isSame } from './diff-fields.ts';
import type { Match } from './match-objects.ts';
import { checkCreation, checkIdentity, toPanelFacts } from './panel-facts.ts';
import { planAdoption } from './plan-adoption.ts';
import { type Creation, planMatch } from './plan-match.ts';
import { addReplacedId, isProtected, keepCreatedAt, makeChange, makeStep, type Planned } from './planned.ts';
import { noteHold, noteRenamed, noteServerState, noteUnusable, noteWriteOnly } from './server-notes.ts';
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
  /** Names of the panel that the user has confirmed. */
  readonly confirmedNames: readonly string[];
  /** Run of the last deploy to it. */
  readonly lastDeploy: string | undefined;
}

/** Fields that cannot be changed on an existing server (API reference, section 3.5). */
const unchangeable = new Set<string>(['dc', 'image']);

/** Plans one server the file declares. Pure. */
export const planServer = (input: ServerPlanInput): Planned =>
  planMatch(input.desired, input.match, {
    create: (creation) => planCreate(input, creation),
    compare: (remote) => (input.entry ? planRecorded(input, remote, input.entry) : planAdopted(input, remote, 'id', undefined)),
    adopt: (remote, by, lostId) => planAdopted(input, remote, by, lostId),
  });

function planCreate(input: ServerPlanInput, { reason, lostId }: Creation): Planned {
  const { desired, entry } = input;
  return {
    change: makeChange(desired.address, {
      action: lostId === undefined ? 'create' : 'recreate',
      fields: diffFieldsFromNothing(desired.values),
      impacts: lostId === undefined ? [] : ['new-address'],
      reasons: [reason],
      source: desired.source,
      steps: createSteps(desired, addReplacedId(entry, lostId)),
    }),
    notes: [],
    refusals: [],
  };
}

/** Takes an existing server over. Its power is only managed where the file names it: it was not ict that set it. */
function planAdopted(input: ServerPlanInput, remote: ActualServer, by: 'id' | 'name', lostId: number | undefined): Planned {
  const { desired } = input;
  const actual = toServerValues(remote, input.nameNetwork, desired.values);
  return planAdoption({
    address: desired.address,
    name: remote.name,
    remoteId: remote.id,
    by,
    fields: diffFields(
      serverFields,
      effectiveValues(desired, actual, (key) => desired.managed.has(key)),
      actual,
      undefined,
    ),
    entry: {
      kind: 'server',
      address: desired.address,
      name: remote.name,
      id: remote.id,
      origin: 'adopted',
      protect: desired.protect,
      run: input.run,
      ...keepCreatedAt(undefined, remote.createdAt),
      ...addReplacedId(input.entry, lostId),
      values: actual,
      writeOnly: desired.writeOnly,
    },
    source: desired.source,
    notes: [...noteServerState(desired, remote), ...noteUnusable(desired, remote)],
  });
}

function planRecorded(input: ServerPlanInput, remote: ActualServer, entry: ServerLedgerEntry): Planned {
  const { desired, hold } = input;
  const identity = checkCreation(entry, remote, desired.source);
  if (identity)
    return { change: makeChange(desired.address, { remoteId: remote.id, source: desired.source }), notes: [], refusals: [identity] };
  const actual = toServerValues(remote, input.nameNetwork, desired.values);
  // A server that ict created is on unless the file says otherwise.
  const isManaged = (key: keyof ServerValues): boolean => desired.managed.has(key) || (key === 'power' && entry.origin === 'created');
  const wantedValues = effectiveValues(desired, actual, isManaged);
  const fields = diffFields(serverFields, wantedValues, actual, entry.values).filter(
    (field) => !(field.field === 'power' && hold?.power === actual.power),
  );
  const notes: Note[] = [
    ...noteServerState(desired, remote),
    ...noteUnusable(desired, remote),
    ...noteWriteOnly(desired, entry),
    ...noteRenamed(desired, remote, entry),
    ...(hold && hold.power !== wantedValues.power ? [noteHold(desired, hold)] : []),
  ];
  const change = { remoteId: remote.id, fields, source: desired.source };
  const protect = isProtected(desired.protect, entry);
  const seen = { ...keepCreatedAt(entry, remote.createdAt), protect, values: hold ? { ...actual, power: entry.values.power } : actual };
  if (remote.state === 'deleting') {
    const text = t('{0} is being deleted in the cloud. Run plan again when it is gone.', desired.address);
    const refusal: Refusal = { kind: 'being-deleted', address: desired.address, text, source: desired.source };
    return { change: makeChange(desired.address, { remoteId: remote.id, source: desired.source }), notes, refusals: [refusal] };
  }

  const replaced = fields.filter((field) => unchangeable.has(field.field) || isShrink(field));
  if (replaced.length > 0)
    return planReplace({ ...input, desired: { ...desired, values: wantedValues } }, remote, entry, change, replaced, notes);

  const updates = updateSteps(desired.address, wantedValues, actual, fields);
  // Whoever ordered an adopted server waits for it himself, unless it is to be changed.
  const isAwaited = entry.origin === 'created' || updates.length > 0;
  if (isAwaited && (remote.state === 'new' || remote.state === 'need-money')) {
    const steps = [makeStep('await-server', desired.address, { remoteId: remote.id }), ...updates];
    const reason =
      remote.state === 'new' ? t('is still being created: apply waits for it') : t('waits for money: top up the balance, then apply');
    return { change: makeChange(desired.address, { ...change, action: 'resume', reasons: [reason], steps }), notes, refusals: [] };
  }

  if (updates.length === 0) {
    return {
      change: makeChange(desired.address, change),
      ...(isUpToDate(entry, seen) ? {} : { record: { address: desired.address, entry: recordSeen(entry, seen) } }),
      notes,
      refusals: [],
    };
  }
  return {
    change: makeChange(desired.address, {
      ...change,
      action: actionOf(fields),
      impacts: impactsOf(fields, remote),
      reasons: reasonsOf(fields),
      steps: updates,
    }),
    ...(entry.protect === protect ? {} : { record: { address: desired.address, entry: { ...entry, protect } } }),
    notes,
    refusals: [],
  };
}

/** What the server should be: what the file gives, and for the rest what it is. */
function effectiveValues(desired: DesiredServer, actual: ServerValues, isManaged: (key: keyof ServerValues) => boolean): ServerValues {
  const differing = comparedValues.filter((key) => isManaged(key) && !isSame(desired.values[key], actual[key]));
  if (differing.length === 0) return actual;
  return { ...actual, ...Object.fromEntries(differing.map((key) => [key, desired.values[key]])) };
}

function planReplace(
  input: ServerPlanInput,
  remote: ActualServer,
  entry: ServerLedgerEntry,
  change: Parameters<typeof makeChange>[1],
  replaced: readonly FieldChange[],
  notes: readonly Note[],
): Planned {
  const { desired } = input;
  const names = replaced.map((field) => field.field).join(', ');
  const refusals: Refusal[] = checkIdentity(entry, remote, input.confirmedNames);
  const refuseWith = (kind: Refusal['kind'], text: Text) => refusals.push({ kind, address: desired.address, text, source: desired.source });
  if (entry.origin !== 'created') {
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
      panel: toPanelFacts(remote, input.lastDeploy),
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

function reasonsOf(fields: readonly FieldChange[]): Text[] {
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
  comparedValues
    .filter((key) => !(Array.isArray(values[key]) && values[key].length === 0))
    .map((key) => ({ field: serverFields[key], desired: values[key], origin: 'file' }));

/** What a reading says of a recorded server. */
type Seen = Pick<ServerLedgerEntry, 'protect' | 'createdAt' | 'values'>;

/** The record as it is once its server was seen. */
function recordSeen(entry: ServerLedgerEntry, seen: Seen): ServerLedgerEntry {
  const { unknownSince: _known, unseen: _seen, ...rest } = entry;
  return { ...rest, ...seen };
}

const isUpToDate = (entry: ServerLedgerEntry, seen: Seen): boolean =>
  entry.protect === seen.protect &&
  entry.createdAt === seen.createdAt &&
  entry.unknownSince === undefined &&
  entry.unseen === undefined &&
  comparedValues.every((key) => isSame(entry.values[key], seen.values[key]));
