import type { Address, ResourceKind } from '#schemas/infra/names.ts';
import type { Note, Plan } from '#schemas/plan/plan.ts';
import type { ActualState } from '#schemas/state/actual.ts';
import type { Ledger } from '#schemas/state/ledger.ts';
import { t, type Text } from '#schemas/text/text.ts';
import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import { maskSecretVariables } from '../engine/deploy/withhold-secrets.ts';
import { buildPlan } from '../engine/plan/build-plan.ts';
import type { PlanPolicy } from '../engine/plan/plan-input.ts';
import { recoverRuns } from '../engine/recover/recover-runs.ts';
import type { DesiredState } from '../infra/desired-state.ts';
import { readPriceTable } from '../infra/prices/read-price-table.ts';
import { readInfraFile } from '../infra/read-infra-file.ts';
import { resolveInfra } from '../infra/resolve/resolve-infra.ts';
import { selectAddresses } from '../infra/targets/select-addresses.ts';
import type { ProjectStore, StoredJournal } from '../ports/project-store.ts';
import { toTimestamp } from '../ports/clock.ts';
import type { OperationContext } from './operation-context.ts';

export interface PlanRequest {
  /** Path of the infra file. */
  readonly file: string;
  readonly only: readonly string[];
  readonly except: readonly string[];
  readonly policy: PlanPolicy;
  /** Changes what is desired before it is compared: `destroy` empties it. */
  readonly adjust?: (desired: DesiredState, ledger: Ledger) => DesiredState;
}

/** A plan with everything it was made from, or the problems that stand against one. */
export type PlanOutcome = { readonly kind: 'invalid'; readonly diagnostics: readonly Diagnostic[] } | MadePlan;

export interface MadePlan {
  readonly kind: 'planned';
  readonly plan: Plan;
  /** Warnings of the file. */
  readonly diagnostics: readonly Diagnostic[];
  readonly desired: DesiredState;
  readonly actual: ActualState;
  /** Recorded state, with what interrupted runs left behind. */
  readonly ledger: Ledger;
  readonly unfinished: readonly StoredJournal[];
  readonly store: ProjectStore;
  readonly fileText: string;
}

/** Running tasks are looked up for at most this many servers that the plan would change: each costs one request. */
const MAX_TASK_LOOKUPS = 20;

/** Reads file, ledger and cloud, and compares them. Changes nothing. Throws `TargetError`, `CloudError`, `StorageError`. */
export async function makePlan(context: OperationContext, request: PlanRequest, signal: AbortSignal): Promise<PlanOutcome> {
  const read = await readInfraFile(context.files, request.file);
  if (!read.value) return { kind: 'invalid', diagnostics: read.diagnostics };

  const store = context.openStore(context.folderOf(request.file), read.value.infra.project);
  const [actual, stored, unfinished] = await Promise.all([
    context.cloud.readAll(signal),
    store.readLedger(),
    store.readUnfinishedJournals(),
  ]);
  const resolved = resolveInfra(read.value, actual.catalog);
  const prices = await readPriceTable(context.files, read.value);
  const diagnostics = [...read.diagnostics, ...resolved.diagnostics, ...prices.diagnostics];
  if (!resolved.value || hasErrors(diagnostics)) return { kind: 'invalid', diagnostics };

  const recovered = recoverRuns(stored, unfinished, actual);
  const desired = request.adjust?.(resolved.value, recovered.ledger) ?? resolved.value;
  const isSelected = selectFor(request, desired, recovered.ledger);

  const plan = buildPlan({
    desired,
    actual,
    ledger: recovered.ledger,
    recovered: recovered.notes,
    endpoint: context.cloud.endpoint,
    file: {
      path: request.file,
      hash: context.hash([...read.value.files, ...(prices.value ? [prices.value.file] : [])].map((file) => file.bytes)),
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
    desired,
    actual,
    ledger: recovered.ledger,
    unfinished,
    store,
    fileText: maskSecretVariables(read.value.files[0]?.text ?? '', read.value.infra),
  };
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

/** `--only` and `--except` also know recorded addresses: what is to be deleted is no longer in the file. */
function selectFor(request: PlanRequest, desired: DesiredState, ledger: Ledger): ((address: Address) => boolean) | undefined {
  if (request.only.length === 0 && request.except.length === 0) return undefined;
  const removed = (kind: ResourceKind) => Object.values(ledger.entries).filter((entry) => entry.kind === kind);
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
