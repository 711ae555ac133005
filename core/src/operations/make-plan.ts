import { type Address, type ResourceKind, splitAddress } from '#schemas/infra/names.ts';
import type { Note, Plan } from '#schemas/plan/plan.ts';
import type { ActualState } from '#schemas/state/actual.ts';
import type { Ledger } from '#schemas/state/ledger.ts';
import { t, type Text } from '#schemas/text/text.ts';
import { type Diagnostic, hasErrors, type Outcome } from '../diagnostics/diagnostic.ts';
import { maskSecretVariables } from '../engine/deploy/withhold-secrets.ts';
import { buildPlan } from '../engine/plan/build-plan.ts';
import type { PlanPolicy } from '../engine/plan/plan-input.ts';
import type { Presence } from '../engine/presence/presence.ts';
import type { Recovered } from '../engine/recover/recover-runs.ts';
import type { DesiredState } from '../infra/desired-state.ts';
import { readPriceTable } from '../infra/prices/read-price-table.ts';
import { resolveInfra, resolveWithoutCatalog } from '../infra/resolve/resolve-infra.ts';
import { settleHardware } from '../infra/resolve/settle-hardware.ts';
import { isAboutHardware } from '../infra/rules/entries/check-hardware.ts';
import { selectAddresses } from '../infra/targets/select-addresses.ts';
import type { StoredJournal } from '../ports/project-store.ts';
import { toTimestamp } from '../ports/clock.ts';
import { type InvalidProject, openProject, type Project } from './open-project.ts';
import type { OperationContext } from './operation-context.ts';
import { type CloudReading, findExisting, readCloud } from './read-cloud.ts';

export interface PlanRequest {
  readonly only: readonly string[];
  readonly except: readonly string[];
  readonly policy: PlanPolicy;
  /** Changes what is desired before it is compared: `destroy` empties it. */
  readonly adjust?: (desired: DesiredState, ledger: Ledger) => DesiredState;
  /** Whether data centres and images are looked up. Only what makes servers needs that; default: yes. */
  readonly needsCatalog?: boolean;
  /** Whether the plan is about to be carried out, and so may wait for what proves that an old create never happened. */
  readonly canWait?: boolean;
}

/** A request for a plan of the project in a file. */
export interface FilePlanRequest extends PlanRequest {
  /** Path of the infra file. */
  readonly file: string;
}

/** A plan with everything it was made from, or the problems that stand against one. */
export type PlanOutcome = InvalidProject | MadePlan;

export interface MadePlan {
  readonly kind: 'planned';
  readonly plan: Plan;
  /** Warnings of the file. */
  readonly diagnostics: readonly Diagnostic[];
  readonly project: Project;
  readonly desired: DesiredState;
  readonly actual: ActualState;
  readonly presence: Presence;
  /** Recorded state, with what interrupted runs left behind. */
  readonly ledger: Ledger;
  readonly unfinished: readonly StoredJournal[];
  /** Something was found out about earlier runs that the stored ledger does not say yet. */
  readonly isLedgerStale: boolean;
  readonly fileText: string;
}

/** Running tasks are looked up for at most this many servers that the plan would change: each costs one request. */
const MAX_TASK_LOOKUPS = 20;

/** Opens a project and plans it. Changes nothing. Throws as {@link makePlan}. */
export async function planFile(context: OperationContext, request: FilePlanRequest, signal: AbortSignal): Promise<PlanOutcome> {
  const project = await openProject(context, request.file);
  return 'kind' in project ? project : makePlan(context, project, request, signal);
}

/**
 * Reads records and cloud, and compares them with the file as the project has it. Changes nothing. Throws `TargetError`, `CloudError`,
 * `StorageError`.
 */
export async function makePlan(
  context: OperationContext,
  project: Project,
  request: PlanRequest,
  signal: AbortSignal,
): Promise<PlanOutcome> {
  const { infra, store } = project;
  const needsCatalog = request.needsCatalog ?? true;
  const [reading, lastDeploys, prices] = await Promise.all([
    readCloud(context, project, { needsCatalog, canWait: request.canWait ?? false }, signal),
    store.readLastDeploys(),
    readPriceTable(context.files, infra),
  ]);
  const { actual, presence, recovered, unfinished } = reading;
  const resolved = resolveProject(project, reading, needsCatalog);
  const diagnostics = [...resolved.diagnostics, ...prices.diagnostics];
  if (!resolved.value || hasErrors(diagnostics)) return { kind: 'invalid', diagnostics };

  const desired = request.adjust?.(resolved.value, recovered.ledger) ?? resolved.value;
  const isSelected = selectFor(request, desired, recovered);
  const plan = buildPlan({
    desired,
    actual,
    presence,
    ledger: recovered.ledger,
    recovered: recovered.notes,
    unsettled: recovered.unsettled,
    lastDeploys,
    endpoint: context.cloud.endpoint,
    file: {
      path: project.file,
      hash: context.hash([...infra.files, ...(prices.value ? [prices.value.file] : [])].map((file) => file.bytes)),
    },
    now: toTimestamp(context.clock),
    ...(isSelected ? { selection: { only: request.only, except: request.except, isSelected } } : {}),
    policy: request.policy,
    ...(prices.value ? { prices: prices.value.table } : {}),
  });
  const withTasks = { ...plan, notes: [...plan.notes, ...(await noteRunningTasks(context, plan, signal))] };
  return {
    kind: 'planned',
    plan: withTasks,
    diagnostics,
    project,
    desired,
    actual,
    presence,
    ledger: recovered.ledger,
    unfinished,
    isLedgerStale: reading.isLedgerStale,
    fileText: maskSecretVariables(infra.files[0]?.text ?? '', infra.infra),
  };
}

/**
 * What the file declares, with every problem of the file and of the catalogue. What exists as the file has it is in nobody's way: its
 * problems become warnings.
 */
function resolveProject({ infra, diagnostics }: Project, reading: CloudReading, needsCatalog: boolean): Outcome<DesiredState | undefined> {
  if (!needsCatalog) return { value: resolveWithoutCatalog(infra), diagnostics: diagnostics.filter(({ code }) => !isAboutHardware(code)) };
  const plain = resolveInfra(infra, reading.actual.catalog);
  if (plain.value && !hasErrors(diagnostics)) return { value: plain.value, diagnostics: [...diagnostics, ...plain.diagnostics] };
  const existing = findExisting(infra, reading, reading.recovered.ledger);
  const resolved = resolveInfra(infra, reading.actual.catalog, existing);
  return { value: resolved.value, diagnostics: [...settleHardware(diagnostics, infra, existing), ...resolved.diagnostics] };
}

/** A target on the command line names nothing: a usage mistake, with what was meant where that can be told. */
export class TargetError extends Error {
  override readonly name = 'TargetError';
  readonly details: readonly Text[];

  constructor(details: readonly Text[]) {
    super('unknown target');
    this.details = details;
  }
}

/**
 * `--only` and `--except` also know recorded addresses, and those of creates without an answer: what is to be deleted is no longer in the
 * file.
 */
function selectFor(
  request: PlanRequest,
  desired: DesiredState,
  { ledger, unsettled }: Recovered,
): ((address: Address) => boolean) | undefined {
  if (request.only.length === 0 && request.except.length === 0) return undefined;
  const removed = (kind: ResourceKind): readonly { readonly address: Address; readonly name: string }[] => [
    ...Object.values(ledger.entries).filter((entry) => entry.kind === kind),
    ...[...unsettled.keys()].map((address) => ({ address, ...splitAddress(address) })).filter((one) => one.kind === kind),
  ];
  const known = {
    groups: desired.groups,
    servers: unique([...desired.servers, ...removed('server')]),
    networks: unique([...desired.networks, ...removed('network')]),
    keys: unique([...desired.keys, ...removed('key')]),
  };
  const only = selectAddresses(known, request.only);
  const except = selectAddresses(known, request.except);
  const problems = [...only.problems, ...except.problems];
  if (problems.length > 0) throw new TargetError(problems.map((problem) => problem.detail));
  const [chosen, excluded] = [new Set(only.addresses), new Set(except.addresses)];
  return (address) => (request.only.length === 0 || chosen.has(address)) && !excluded.has(address);
}

const unique = <T extends { readonly address: Address }>(items: readonly T[]): T[] => [
  ...new Map(items.map((item) => [item.address, item])).values(),
];

/** Names tasks that still run on servers the plan would change. Not knowing them is no reason to fail. */
async function noteRunningTasks(context: OperationContext, plan: Plan, signal: AbortSignal): Promise<Note[]> {
  const changed = plan.changes.filter((change) => change.kind === 'server' && change.remoteId !== undefined && change.steps.length > 0);
  if (changed.length > MAX_TASK_LOOKUPS) return [];
  const notes = await Promise.all(
    changed.map(async (change): Promise<Note[]> => {
      const tasks = await context.cloud.listTasks(change.remoteId ?? 0, signal).catch(() => []);
      const running = tasks.filter((task) => task.state === 'running' || task.state === 'postponed');
      return running.map((task) => ({
        code: 'task-running',
        level: 'warning',
        address: change.address,
        text: t('the task {0} is in progress ({1}): apply waits for it', task.type, task.rawState),
        ...(change.source ? { source: change.source } : {}),
      }));
    }),
  );
  return notes.flat();
}
