import { exitCodes } from '#schemas/events/exit-code.ts';
import type { JournalEntry } from '#schemas/journal/journal-entry.ts';
import type { Plan } from '#schemas/plan/plan.ts';
import { hasChanges } from '#schemas/plan/read-plan.ts';
import { applyPlan } from '../engine/apply/apply-plan.ts';
import { findStaleness } from '../engine/compare-plans.ts';
import { type Confirmation, flagFor, type GivenConfirmation, isConfirmedBy, isGiven, weighPlan } from '../engine/confirm.ts';
import { divide, wholeRefusals } from '#schemas/plan/left-out.ts';
import { toTimestamp } from '../ports/clock.ts';
import type { HistoryRecord } from '../ports/project-store.ts';
import { makePlan, type MadePlan, type PlanRequest } from './make-plan.ts';
import { type Project, withProject } from './open-project.ts';
import type { OperationContext, OperationSignals } from './operation-context.ts';
import { type OperationResult, toExitCode } from './operation-result.ts';

export interface ApplyRequest extends PlanRequest {
  readonly given: GivenConfirmation;
  /** A plan made earlier: refused with the difference when file or cloud moved. */
  readonly saved?: Plan;
}

/** A request to apply the project in a file. */
export interface FileApplyRequest extends ApplyRequest {
  /** Path of the infra file. */
  readonly file: string;
}

/** Makes the panel equal to the file: lock, plan, check, confirm, carry out, record. */
export function runApply(context: OperationContext, request: FileApplyRequest, signals: OperationSignals): Promise<OperationResult> {
  return withProject(context, request.file, (project) => applyLocked(context, project, request, signals));
}

/** As {@link runApply}, for who holds the project's lock already. */
export async function applyLocked(
  context: OperationContext,
  project: Project,
  request: ApplyRequest,
  signals: OperationSignals,
): Promise<OperationResult> {
  const outcome = await makePlan(context, project, { ...request, canWait: true }, signals.abort);
  if (outcome.kind === 'invalid') return outcome;
  const { plan } = outcome;
  const staleness = request.saved && findStaleness(request.saved, plan);
  if (staleness) return { kind: 'stale', plan, staleness };
  context.emit({ kind: 'plan-ready', plan });
  return confirmAndCarryOut(context, outcome, request.given, signals);
}

/**
 * Asks for what a plan needs and carries it out. A refusal about the whole plan ends it; one about an address leaves that address out
 * and everything that depends on it, and the rest goes on.
 */
export async function confirmAndCarryOut(
  context: OperationContext,
  made: MadePlan,
  given: GivenConfirmation,
  signals: OperationSignals,
): Promise<OperationResult> {
  const { plan } = made;
  const { runnable, leftOut } = divide(plan);
  const isBlocked = plan.refusals.length > 0 && !hasChanges(runnable) && runnable.records.length === 0;
  if (wholeRefusals(plan).length > 0 || isBlocked) {
    // In another account nothing was found out about them.
    if (!plan.refusals.some(({ kind }) => kind === 'other-account')) await settleUnfinished(context, made);
    return { kind: 'refused', plan };
  }
  const needed = weighPlan(runnable);
  const confirmed = await confirm(context, needed, given);
  if (confirmed !== 'yes') return { kind: 'not-confirmed', plan, needed, wasAsked: confirmed === 'no' };
  const result = await carryOut(context, { ...made, plan: runnable }, signals);
  if (result.kind === 'applied') return { ...result, plan, leftOut };
  return result.kind === 'nothing-to-do' && leftOut.length > 0 ? { kind: 'refused', plan } : result;
}

/** Asks for the confirmation that is still missing. */
export async function confirm(context: OperationContext, needed: Confirmation, given: GivenConfirmation): Promise<'yes' | 'no' | 'nobody'> {
  if (needed.kind === 'none' || isGiven(needed, given)) return 'yes';
  context.emit({ kind: 'confirmation-needed', question: needed.question, expected: flagFor(needed) });
  if (!context.prompt.isInteractive) return 'nobody';
  const answer = await context.prompt.ask(needed.question);
  return answer !== undefined && isConfirmedBy(needed, answer) ? 'yes' : 'no';
}

/** Carries out a confirmed plan under the lock. Settles interrupted runs first, so that their story is not told twice. */
export async function carryOut(context: OperationContext, made: MadePlan, signals: OperationSignals): Promise<OperationResult> {
  const { plan, ledger, project } = made;
  const { store } = project;
  const now = () => toTimestamp(context.clock);
  await settleUnfinished(context, made);
  if (!hasChanges(plan) && plan.records.length === 0) return { kind: 'nothing-to-do', plan };

  const startedAt = now();
  const run = context.newRun();
  const journal = await store.startJournal(run);
  try {
    if (hasChanges(plan)) await store.writeHistory(toHistory(made, run, { startedAt, command: context.command }));
    const current = made.isLedgerStale ? await store.readLedger() : ledger;
    const result = await applyPlan(
      { cloud: context.cloud, journal, emit: context.emit, clock: context.clock },
      {
        plan,
        ledger: current,
        actual: made.actual,
        command: context.command,
        concurrency: context.settings.concurrency,
        lookupPauseMs: context.settings.pollIntervalMs,
        lookupMs: context.settings.createLookupMs,
      },
      signals,
    );
    await store.writeLedger(result.ledger);
    const ended = result.isInterrupted ? 'interrupted' : result.failed.length > 0 ? 'partial' : 'done';
    if (!result.isUnsettled) await journal.append({ kind: 'run-finished', at: now(), result: ended });
    const applied: OperationResult = hasChanges(plan)
      ? { kind: 'applied', plan, run, result, leftOut: [], project }
      : { kind: 'nothing-to-do', plan };
    if (hasChanges(plan))
      await store.writeHistory(toHistory(made, run, { startedAt, command: context.command, finishedAt: now(), result: applied }));
    return applied;
  } finally {
    await journal.close();
  }
}

/** Writes what was found out about interrupted runs, and closes their journals and their lines of the history. */
export async function settleUnfinished(context: OperationContext, made: MadePlan): Promise<void> {
  const { project, unfinished, ledger } = made;
  const { store } = project;
  if (made.isLedgerStale) await store.writeLedger(ledger);
  for (const { run, entries } of unfinished) {
    await store.settleJournal(run, { kind: 'run-finished', at: toTimestamp(context.clock), result: 'interrupted' });
    await store.closeHistory(run, countSteps(entries), entries.at(-1)?.at);
  }
}

/** Steps of a journal by how they ended; one without an end was cut off, which is told as failed. */
function countSteps(entries: readonly JournalEntry[]): HistoryRecord['result'] {
  const of = (kind: 'begin' | 'success'): string[] =>
    entries.flatMap((entry) => (entry.kind === kind ? [entry.kind === 'begin' ? entry.step.id : entry.step] : []));
  const succeeded = of('success');
  return { succeeded, failed: of('begin').filter((step) => !succeeded.includes(step)), skipped: [] };
}

/** What one run leaves in the history: written when it begins, so that one that is killed stands there too, and again when it ends. */
function toHistory(
  made: MadePlan,
  run: string,
  told: {
    readonly startedAt: string;
    readonly command: string;
    readonly finishedAt?: string;
    readonly result?: OperationResult;
  },
): HistoryRecord {
  const { result, finishedAt } = told;
  const steps = result?.kind === 'applied' ? result.result : { succeeded: [], failed: [], skipped: [] };
  const exitCode = result === undefined ? exitCodes.interrupted : result.kind === 'applied' ? toExitCode(result) : exitCodes.done;
  return {
    run,
    startedAt: told.startedAt,
    finishedAt: finishedAt ?? told.startedAt,
    isFinished: finishedAt !== undefined,
    command: told.command,
    exitCode,
    fileText: made.fileText,
    plan: made.plan,
    result: { succeeded: steps.succeeded, failed: steps.failed, skipped: steps.skipped },
    ledgerBefore: made.ledger,
  };
}
