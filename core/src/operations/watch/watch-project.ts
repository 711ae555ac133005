import { exitCodes, type ExitCode } from '#schemas/events/exit-code.ts';
import { WATCH_FORMAT, type WatchEvent } from '#schemas/events/watch-event.ts';
import type { ActualState } from '#schemas/state/actual.ts';
import { t, type Text } from '#schemas/text/text.ts';
import type { OperationContext } from '../operation-context.ts';
import { viewProject } from '../view-project.ts';
import type { Turns } from './turns.ts';
import type { WatchMetrics } from './watch-metrics.ts';

/** What a failure is to the user: a sentence, and the exit code it would end a command with. */
export type DescribeFailure = (error: unknown) => { readonly text: Text; readonly exitCode: ExitCode };

export interface WatchProjectOptions {
  /** Path of the infra file. */
  readonly file: string;
  /** Time between two looks at the panel. */
  readonly intervalMs: number;
  readonly turns: Turns;
  readonly onEvent: (event: WatchEvent) => void;
  readonly describeFailure: DescribeFailure;
  /** Follows the servers that were found; absent: nobody wants their metrics. */
  readonly metrics: WatchMetrics | undefined;
}

/** Reports a project now and at each turn, until the turns are over or the signal is given. A failure is an event like the others. */
export async function watchProject(context: OperationContext, options: WatchProjectOptions, signal: AbortSignal): Promise<void> {
  const { file, intervalMs, turns, metrics, onEvent, describeFailure } = options;
  while (!signal.aborted) {
    const { event, actual } = await look(context, file, describeFailure, signal);
    if (signal.aborted) break;
    onEvent(event);
    // While there is a problem, what is collected goes on.
    if (actual) metrics?.follow(actual);
    if ((await turns.next(intervalMs, signal)) === 'over') break;
  }
}

/** One look at the project, with the panel as it was then; without it when there is a problem. */
async function look(
  context: OperationContext,
  file: string,
  describeFailure: DescribeFailure,
  signal: AbortSignal,
): Promise<{ readonly event: WatchEvent; readonly actual?: ActualState }> {
  try {
    const viewed = await viewProject(context, file, signal);
    if (viewed.kind === 'viewed') return { event: viewed.view, actual: viewed.actual };
    const first = viewed.diagnostics.find(({ severity }) => severity === 'error');
    const text = t('The infra file has mistakes: the Problems view names them.');
    return { event: { ...toBase(file, context.clock.now()), code: first?.code ?? 'invalid', text } };
  } catch (error) {
    return { event: toWatchProblem(file, context.clock.now(), describeFailure(error)) };
  }
}

/** A failure as a line of the watch. */
export const toWatchProblem = (file: string, nowMs: number, { text, exitCode }: ReturnType<DescribeFailure>): WatchEvent => ({
  ...toBase(file, nowMs),
  code: exitCode === exitCodes.authentication ? 'authentication' : 'unavailable',
  text,
});

const toBase = (file: string, nowMs: number) =>
  ({ kind: 'problem', format: WATCH_FORMAT, at: new Date(nowMs).toISOString(), file }) as const;
