import { exitCodes } from '#schemas/events/exit-code.ts';
import type { HostResult, OperationState, OperationStatus, RunState, StepState } from './operation-state.ts';

/** How a process ended: its exit code, or the signal that ended it. Both null: nobody saw it end. */
export interface ProcessEnd {
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** What an exit code says of the whole (docs/exit-codes.md). Changes that are present are what a plan is for. */
export function toStatus(exitCode: number): Exclude<OperationStatus, 'running'> {
  if (exitCode === exitCodes.done || exitCode === exitCodes.changesPresent) return 'done';
  return exitCode === exitCodes.interrupted || exitCode === exitCodes.notConfirmed ? 'cancelled' : 'failed';
}

/**
 * The state of an operation whose process is gone without having said how it ended: a usage mistake before its first
 * event, a signal, or a crash.
 */
export function endByProcess(state: OperationState, { exitCode, signal }: ProcessEnd, isCancelled: boolean): OperationState {
  if (state.status !== 'running') return state;
  if (exitCode !== null) return endOperation({ ...state, exitCode }, toStatus(exitCode));
  const isAsked = isCancelled || signal === 'SIGINT';
  return endOperation(state, isAsked ? 'cancelled' : 'lost');
}

/** Nothing runs in an operation that is over: what had begun and has not ended is `interrupted`. */
export function endOperation(state: OperationState, status: Exclude<OperationStatus, 'running'>): OperationState {
  return { ...state, status, steps: new Map([...state.steps].map(([id, step]) => [id, endStep(step)])), runs: state.runs.map(endRun) };
}

const endStep = (step: StepState): StepState => (step.status === 'running' ? { ...step, status: 'interrupted' } : step);

const endHost = (result: HostResult): HostResult => (result.status === 'running' ? { ...result, status: 'interrupted' } : result);

const endRun = (run: RunState): RunState => ({
  ...run,
  verdict: run.verdict ?? 'cancelled',
  tasks: run.tasks.map((task) => ({ ...task, hosts: new Map([...task.hosts].map(([host, result]) => [host, endHost(result)])) })),
});
