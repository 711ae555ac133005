import type { HistoryRecord } from '../ports/project-store.ts';
import type { Plan } from '#schemas/plan/plan.ts';
import { hasChanges } from '#schemas/plan/read-plan.ts';
import { exitCodes } from '#schemas/events/exit-code.ts';
import { applyPlan } from '../engine/apply/apply-plan.ts';
import { findStaleness } from '../engine/compare-plans.ts';
import { type Confirmation, flagFor, type GivenConfirmation, isConfirmedBy, isGiven, weighPlan } from '../engine/confirm.ts';
import { toTimestamp } from '../ports/clock.ts';
import { makePlan, type MadePlan, type PlanRequest } from './make-plan.ts';
import type { OperationContext, OperationSignals } from './operation-context.ts';
import { type OperationResult, toExitCode } from './operation-result.ts';
import { withProject } from './with-project.ts';

export interface ApplyRequest extends PlanRequest {
  readonly given: GivenConfirmation;
  /** A plan made earlier: refused with the difference when file or cloud moved. */
  readonly saved?: Plan;
}

/** Makes the panel equal to the file: lock, plan, check, confirm, carry out, record. */
export function runApply(context: OperationContext, request: ApplyRequest, signals: OperationSignals): Promise<OperationResult> {
  return withProject(context, request.file, () => applyLocked(context, request, signals));
}

/** As {@link runApply}, for who holds the project's lock already. */
export async function applyLocked(context: OperationContext, request: ApplyRequest, signals: OperationSignals): Promise<OperationResult> {
  const outcome = await makePlan(context, request, signals.abort);
  if (outcome.kind === 'invalid') return outcome;
  const { plan } = outcome;
  const staleness = request.saved && findStaleness(request.saved, plan);
  if (staleness) return { kind: 'stale', plan, staleness };
  context.emit({ kind: 'plan-ready', plan });
  if (plan.refusals.length > 0) return { kind: 'refused', plan };
  const needed = weighPlan(plan);
  const confirmed = await confirm(context, needed, request.given);
  if (confirmed !== 'yes') return { kind: 'not-confirmed', plan, needed, wasAsked: confirmed === 'no' };
  return carryOut(context, outcome, signals);
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
  const { plan, store, ledger, unfinished } = made;
  const now = () => toTimestamp(context.clock);
  if (unfinished.length > 0) {
    await store.writeLedger(ledger);
    for (const journal of unfinished) await store.settleJournal(journal.run, { kind: 'run-finished', at: now(), result: 'interrupted' });
  }
  if (!hasChanges(plan) && plan.records.length === 0) return { kind: 'nothing-to-do', plan };

  const startedAt = now();
  const run = context.newRun();
  const journal = await store.startJournal(run);
  try {
    const current = unfinished.length > 0 ? await store.readLedger() : ledger;
    const result = await applyPlan(
      { cloud: context.cloud, journal, emit: context.emit, clock: context.clock },
      {
        plan,
        ledger: current,
        actual: made.actual,
        command: context.command,
        concurrency: context.settings.concurrency,
        lookupPauseMs: context.settings.pollIntervalMs,
      },
      signals,
    );
    await store.writeLedger(result.ledger);
    const ended = result.isInterrupted ? 'interrupted' : result.failed.length > 0 ? 'partial' : 'done';
    if (!result.isUnsettled) await journal.append({ kind: 'run-finished', at: now(), result: ended });
    const applied: OperationResult = hasChanges(plan) ? { kind: 'applied', plan, run, result } : { kind: 'nothing-to-do', plan };
    if (hasChanges(plan)) await store.writeHistory(toHistory(made, run, startedAt, now(), applied, context.command));
    return applied;
  } finally {
    await journal.close();
  }
}

function toHistory(
  made: MadePlan,
  run: string,
  startedAt: string,
  finishedAt: string,
  result: OperationResult,
  command: string,
): HistoryRecord {
  const empty = { succeeded: [], failed: [], skipped: [] };
  const steps = result.kind === 'applied' ? result.result : empty;
  return {
    run,
    startedAt,
    finishedAt,
    command,
    exitCode: result.kind === 'applied' ? toExitCode(result) : exitCodes.done,
    fileText: made.fileText,
    plan: made.plan,
    result: { succeeded: steps.succeeded, failed: steps.failed, skipped: steps.skipped },
    ledgerBefore: made.ledger,
  };
}
