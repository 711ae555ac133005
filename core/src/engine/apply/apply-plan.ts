import PQueue from 'p-queue';
import type { Address } from '#schemas/infra/names.ts';
import type { CreateStep } from '#schemas/plan/create-step.ts';
import type { Change, Plan } from '#schemas/plan/plan.ts';
import type { Step } from '#schemas/plan/step.ts';
import type { ActualState } from '#schemas/state/actual.ts';
import type { Ledger, LedgerEntry } from '#schemas/state/ledger.ts';
import { t } from '#schemas/text/text.ts';
import { type Clock, toTimestamp } from '../../ports/clock.ts';
import { CloudError, type CloudProvider } from '../../ports/cloud-provider.ts';
import type { EmitEvent } from '../../ports/event-sink.ts';
import type { JournalWriter } from '../../ports/project-store.ts';
import { isRemoval } from '../plan/order-steps.ts';
import { createdKind, createdName, isCreateStep } from '../recover/step-entry.ts';
import { type ApplyContext, type NewJournalEntry, RecordedState, StepSkipped } from './apply-context.ts';
import { checkNoTwin } from './check-no-twin.ts';
import { describeCloudError } from './cloud-error-text.ts';
import { runStep } from './run-step.ts';
import { describeStep } from './step-text.ts';
import { type Lists, Witness } from './witness.ts';

export interface ApplyPorts {
  readonly cloud: CloudProvider;
  readonly journal: JournalWriter;
  readonly emit: EmitEvent;
  readonly clock: Clock;
}

export interface ApplyInput {
  readonly plan: Plan;
  readonly ledger: Ledger;
  /** The reading the plan was made from. */
  readonly actual: ActualState;
  readonly command: string;
  /** Provider writes in flight at once. */
  readonly concurrency: number;
  readonly lookupPauseMs: number;
  readonly lookupMs: number;
}

/** Two ways to stop: `stop` starts nothing new and lets running steps finish, `abort` leaves at once. */
export interface ApplySignals {
  readonly stop: AbortSignal;
  readonly abort: AbortSignal;
}

export interface ApplyResult {
  /** Recorded state after the run, equal to what replaying its journal gives. */
  readonly ledger: Ledger;
  readonly succeeded: readonly string[];
  readonly failed: readonly string[];
  readonly skipped: readonly string[];
  readonly isInterrupted: boolean;
  /** A change was begun and its outcome is unknown: the journal stays open, so that the next run tells. Open creates are in the ledger. */
  readonly isUnsettled: boolean;
}

type Outcome = 'succeeded' | 'failed' | 'unsettled' | 'skipped';

/**
 * Carries out a plan. Steps whose predecessors succeeded run side by side; a failed step stops only those that need
 * it. Deletions start when everything else has ended. Every step is journalled before and after.
 */
export async function applyPlan(ports: ApplyPorts, input: ApplyInput, signals: ApplySignals): Promise<ApplyResult> {
  const { journal, clock } = ports;
  const { plan, ledger } = input;
  const stamp = (entry: NewJournalEntry) => journal.append({ at: toTimestamp(clock), ...entry });
  const recorded = new RecordedState(ledger.entries);
  const { id, endpoint, projectIds } = plan.account;
  const account = { endpoint, ...(id === undefined ? {} : { id }), ...(projectIds === undefined ? {} : { projectIds }) };
  const stopped = new AbortController();
  const running: ApplySignals = { stop: AbortSignal.any([signals.stop, stopped.signal]), abort: signals.abort };
  const creates = plan.changes.flatMap(({ steps }) => steps.filter(isCreateStep));
  const context: ApplyContext = {
    cloud: ports.cloud,
    clock,
    run: journal.run,
    recorded,
    witness: new Witness(ports.cloud, input.actual, (object, ids) => stamp({ kind: 'seen', object, ids: [...ids] }), signals.abort),
    journal: stamp,
    abort: signals.abort,
    lookupPauseMs: input.lookupPauseMs,
    lookupMs: input.lookupMs,
    stopRun: () => stopped.abort(),
    made: new Set(),
    unsettled: new Map(),
    declaredNames: new Set([...Object.values(ledger.entries).map(({ name }) => name), ...creates.map(createdName)]),
  };

  await stamp({ kind: 'run-started', format: 1, run: journal.run, project: plan.project, command: input.command, account });
  for (const { address, entry } of plan.records) {
    await stamp({ kind: 'record', address, entry });
    recorded.set(address, entry);
  }

  const places = new PQueue({ concurrency: input.concurrency });
  const outcomes = new Map<string, Outcome>();
  const phases = [plan.changes.filter((change) => !isRemoval(change)), plan.changes.filter(isRemoval)];
  for (const phase of phases)
    await runPhase(phase, outcomes, (step) => withPlace(places, (accepted) => runJournalled(ports, context, step, running, accepted)));
  for (const step of await findLateTwins(ports, context, creates, outcomes, running.stop)) outcomes.set(step, 'failed');

  const of = (outcome: Outcome): string[] => [...outcomes].filter(([, value]) => value === outcome).map(([id]) => id);
  const unsettled = of('unsettled');
  const [failed, skipped] = [[...of('failed'), ...unsettled], of('skipped')];
  const open = [
    ...(ledger.unsettled ?? []).filter(({ step }) => !creates.some((own) => own.id === step.id)),
    ...context.unsettled.values(),
  ];
  const { unsettled: _before, ...rest } = ledger;
  return {
    ledger: { ...rest, account, entries: recorded.toEntries(), ...(open.length > 0 ? { unsettled: open } : {}) },
    succeeded: of('succeeded'),
    failed,
    skipped,
    isInterrupted: (signals.stop.aborted || signals.abort.aborted) && failed.length + skipped.length > 0,
    isUnsettled: unsettled.some((step) => !context.unsettled.has(step)),
  };
}

/**
 * Reads the names once more when everything is done: a list may lag, so another object of a created name may only show now. Gives the
 * steps that made one of two. A list that does not show what was made proves nothing, so it is read until it does, unless `stop` says that
 * somebody is waiting for the end.
 */
async function findLateTwins(
  { emit }: ApplyPorts,
  context: ApplyContext,
  creates: readonly CreateStep[],
  outcomes: ReadonlyMap<string, Outcome>,
  stop: AbortSignal,
): Promise<readonly string[]> {
  const found: string[] = [];
  if (context.abort.aborted) return found;
  for (const kind of ['server', 'network'] as const) {
    const made = creates.filter((step) => createdKind(step) === kind && outcomes.get(step.id) === 'succeeded');
    if (made.length === 0) continue;
    try {
      const { lists, hidden } = await readUntilShown(context, kind, made, stop);
      if (hidden.length > 0) {
        const why = t("the provider's list does not show {0} yet", hidden.join(', '));
        emit({ kind: 'message', level: 'warning', text: t('Could not check for duplicate names at the end of the run: {0}', why) });
      }
      for (const step of made) {
        try {
          checkNoTwin(context, step, lists);
        } catch (error) {
          emit({ kind: 'message', level: 'error', text: describeCloudError(error) });
          found.push(step.id);
        }
      }
    } catch (error) {
      emit({
        kind: 'message',
        level: 'warning',
        text: t('Could not check for duplicate names at the end of the run: {0}', describeCloudError(error)),
      });
    }
  }
  return found;
}

/** Reads a list until it shows what these steps made, as long as the object of a lost create is looked for. `hidden`: what it lacks. */
async function readUntilShown(
  { witness, recorded, clock, lookupMs, lookupPauseMs, abort }: ApplyContext,
  kind: 'server' | 'network',
  made: readonly CreateStep[],
  stop: AbortSignal,
): Promise<{ readonly lists: Lists; readonly hidden: readonly Address[] }> {
  const startedAt = clock.elapsed();
  for (;;) {
    const lists = await witness.read(kind);
    const ids = new Set((kind === 'server' ? lists.servers : lists.networks).map(({ id }) => id));
    const hidden = made.flatMap(({ address }) => (ids.has(recorded.get(address)?.id ?? 0) ? [] : [address]));
    const leftMs = lookupMs - (clock.elapsed() - startedAt);
    if (hidden.length === 0 || leftMs <= 0 || stop.aborted) return { lists, hidden };
    await clock.sleep(Math.min(lookupPauseMs, leftMs), abort);
  }
}

/** Runs the steps of some changes as their `after` allows. Predecessors of another phase count by their outcome. */
async function runPhase(changes: readonly Change[], outcomes: Map<string, Outcome>, run: (step: Step) => Promise<Outcome>): Promise<void> {
  const steps = changes.flatMap((change) => change.steps);
  const running = new Map<string, Promise<Outcome>>();
  const inPhase = new Map(steps.map((step) => [step.id, step]));
  const start = (step: Step): Promise<Outcome> => {
    const known = running.get(step.id);
    if (known) return known;
    const promise = (async (): Promise<Outcome> => {
      const needed = await Promise.all(
        step.after.map((id) => {
          const other = inPhase.get(id);
          return other ? start(other) : Promise.resolve(outcomes.get(id) ?? 'succeeded');
        }),
      );
      const outcome = needed.every((item) => item === 'succeeded') ? await run(step) : 'skipped';
      outcomes.set(step.id, outcome);
      return outcome;
    })();
    running.set(step.id, promise);
    return promise;
  };
  await Promise.all(steps.map(start));
}

/** Runs `work` when a place for a provider write is free; the place is given back when `work` ends or calls `release`. */
function withPlace<T>(places: PQueue, work: (release: () => void) => Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    void places.add(() => new Promise<void>((release) => void work(release).then(resolve, reject).finally(release)));
  });
}

/** What a step has succeeded with was read. */
function asSeen(entry: LedgerEntry | null): LedgerEntry | null {
  if (!entry?.unseen) return entry;
  const { unseen: _unseen, ...rest } = entry;
  return rest;
}

async function runJournalled(
  ports: ApplyPorts,
  context: ApplyContext,
  step: Step,
  signals: ApplySignals,
  accepted: () => void,
): Promise<Outcome> {
  const { emit, clock } = ports;
  const base = { step: step.id, address: step.address };
  if (signals.stop.aborted || signals.abort.aborted) {
    emit({ kind: 'step-skipped', ...base, text: t('not started: the run was stopped') });
    return 'skipped';
  }
  const startedAt = clock.elapsed();
  const elapsedMs = () => clock.elapsed() - startedAt;
  emit({ kind: 'step-started', ...base, text: describeStep(step) });
  try {
    const onProgress = (state: string): void => emit({ kind: 'step-progress', ...base, state, elapsedMs: elapsedMs() });
    const result = await runStep(context, step, { accepted, onProgress });
    const entry = asSeen(result === undefined ? (context.recorded.get(step.address) ?? null) : result);
    await context.journal({ kind: 'success', step: step.id, address: step.address, entry });
    context.recorded.set(step.address, entry);
    emit({ kind: 'step-succeeded', ...base, elapsedMs: elapsedMs(), text: describeStep(step) });
    return 'succeeded';
  } catch (error) {
    if (error instanceof StepSkipped) {
      emit({ kind: 'step-skipped', ...base, text: t('not started: the run was stopped') });
      return 'skipped';
    }
    const code = error instanceof CloudError ? error.code : 'unexpected';
    // An abort leaves the step open in the journal: what became of it is looked up by the next run. So does a create whose answer was
    // lost, whatever ended the search for what it made.
    if (code !== 'aborted') {
      const told = context.unsettled.has(step.id) ? 'answer-lost' : code;
      await context.journal({
        kind: 'failure',
        step: step.id,
        code: told,
        message: error instanceof Error ? error.message : String(error),
      });
    }
    emit({ kind: 'step-failed', ...base, elapsedMs: elapsedMs(), code, text: describeCloudError(error) });
    return code === 'aborted' || code === 'answer-lost' ? 'unsettled' : 'failed';
  }
}
