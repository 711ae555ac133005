import type { CallbackEvent } from '#schemas/ansible/callback-event.ts';
import type { RunVerdict } from '#schemas/events/ansible-event.ts';

/** What was seen of a run, as far as its verdict needs it. */
export interface RunTrace {
  hasStarted: boolean;
  hasTasks: boolean;
  hasNoHosts: boolean;
  hasUnreachable: boolean;
  /** Counts at the end: hosts that failed for good, hosts out of reach. Undefined: the run broke off before its end. */
  end: { failed: boolean; unreachable: boolean } | undefined;
}

export const newTrace = (): RunTrace => ({ hasStarted: false, hasTasks: false, hasNoHosts: false, hasUnreachable: false, end: undefined });

/** Takes note of an event. */
export function trace(seen: RunTrace, event: CallbackEvent): void {
  if (event.event === 'run_start') seen.hasStarted = true;
  if (event.event === 'task_start') seen.hasTasks = true;
  if (event.event === 'no_hosts_matched') seen.hasNoHosts = true;
  if (event.event === 'host_unreachable') seen.hasUnreachable = true;
  if (event.event === 'run_end') {
    const counts = Object.values(event.stats);
    seen.end = { failed: counts.some(({ failures }) => failures > 0), unreachable: counts.some(({ unreachable }) => unreachable > 0) };
  }
}

/**
 * Verdict of a run. The exit code alone does not say: 4 is an unreachable host or a syntax error, 2 a failed task or a wrong
 * option, 0 also "no host matched". A failure that was rescued is in the events but not in the counts at the end.
 */
export function judgeRun(seen: RunTrace, exitCode: number | undefined, isCancelled: boolean): RunVerdict {
  if (isCancelled || exitCode === 99) return 'cancelled';
  if (exitCode === undefined || exitCode === 250) return 'crashed';
  if (seen.end?.failed) return 'failed';
  if (seen.end?.unreachable) return 'unreachable';
  if (exitCode === 0) return seen.hasNoHosts && !seen.hasTasks ? 'no-hosts' : 'done';
  if (exitCode === 2 && seen.hasStarted) return 'failed';
  if (exitCode === 4 && seen.hasUnreachable) return 'unreachable';
  return exitCode === 3 || exitCode === 8 ? 'failed' : 'invalid';
}
