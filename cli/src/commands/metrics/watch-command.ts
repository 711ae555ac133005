import type { Command } from 'commander';
import type { OperationContext } from '#core/operations/operation-context.ts';
import { viewProject } from '#core/operations/view-project.ts';
import { systemClock } from '#core/platform/clock.ts';
import { CredentialsError } from '#core/platform/credentials.ts';
import { WATCH_FORMAT, type WatchEvent } from '#schemas/events/watch-event.ts';
import { exitCodes } from '#schemas/events/exit-code.ts';
import type { ActualState } from '#schemas/state/actual.ts';
import { t } from '#schemas/text/text.ts';
import { findInfraFile } from '../../inputs/find-infra-file.ts';
import { parseSeconds } from '../../inputs/parse-options.ts';
import { describeFailure } from '../../session/failures.ts';
import type { CliHost, GlobalOptions } from '../../terminal/host.ts';
import { type Session, withSession } from '../../session/session.ts';
import { toDeployContext } from '../../session/to-deploy-context.ts';
import { openWatchMetrics, type WatchMetrics } from './watch-metrics.ts';
import { openTurns, type Turns } from './watch-turns.ts';

interface Options {
  readonly interval: number;
  readonly metrics?: boolean;
  readonly metricsInterval: number;
}

/** Seconds between two looks at the panel, and between two at a server. */
const DEFAULT_SECONDS = 30;
const DEFAULT_METRICS_SECONDS = 5;

/** `ict watch`: a project as JSON lines, for editors and other programs. */
export function addWatchCommand(program: Command, host: CliHost): void {
  const { render } = host;
  program
    .command('watch')
    .argument('[file]', render(t('infra file, its folder, or NAME of NAME.infra.yaml')))
    .description(render(t('print the project as one JSON line now, at each interval, and at each line of input; ends with the input')))
    .option('--interval <time>', render(t('how often, such as 30s')), (value) => parseSeconds(value, render), DEFAULT_SECONDS)
    .option('--metrics', render(t('print besides what the servers are doing, a line for each look at one')))
    .option(
      '--metrics-interval <time>',
      render(t('how often each server is looked at, such as 15s')),
      (value) => parseSeconds(value, render),
      DEFAULT_METRICS_SECONDS,
    )
    .action(async (word: string | undefined, options: Options, self: Command) => {
      const file = await findInfraFile(host.io.cwd, word);
      const globals: GlobalOptions = { ...self.optsWithGlobals(), json: true };
      const turns = openTurns(host.io.readLines(), systemClock);
      try {
        host.exitCode = await watch(host, { file, options, globals, turns });
      } finally {
        turns.close();
      }
    });
}

interface WatchRequest {
  readonly file: string;
  readonly options: Options;
  readonly globals: GlobalOptions;
  readonly turns: Turns;
}

/** Without a token there is nothing to see yet: somebody may be signing in. */
async function watch(host: CliHost, request: WatchRequest): Promise<number> {
  const { file, options, globals, turns } = request;
  for (;;) {
    try {
      return await withSession(host, { operation: 'watch', file, globals, isReadOnly: true }, (session) =>
        watchProject(host, session, request),
      );
    } catch (error) {
      if (!(error instanceof CredentialsError)) throw error;
      print(host, toProblem(file, systemClock.now(), error));
      const stop = new AbortController();
      const release = host.io.onInterrupt(() => stop.abort());
      const turn = await turns.next(options.interval * 1000, stop.signal).finally(release);
      if (turn === 'over') return exitCodes.done;
    }
  }
}

async function watchProject(host: CliHost, session: Session, { file, options, turns }: WatchRequest): Promise<number> {
  const { context, abort } = session;
  // Where no agents are wanted there is nobody to ask.
  const isAsked = options.metrics === true && host.io.environment['ICT_AGENT'] !== 'off';
  const metrics = isAsked ? openMetrics(host, session, { file, options }) : undefined;
  try {
    while (!abort.aborted) {
      const { event, actual } = await look(context, file, abort);
      if (abort.aborted) break;
      print(host, event);
      // While there is a problem, what is collected goes on.
      if (actual) metrics?.follow(actual);
      if ((await turns.next(options.interval * 1000, abort)) === 'over') break;
    }
  } finally {
    await metrics?.close();
  }
  return exitCodes.done;
}

const openMetrics = (host: CliHost, session: Session, { file, options }: Pick<WatchRequest, 'file' | 'options'>): WatchMetrics =>
  openWatchMetrics(toDeployContext(host, session), {
    file,
    intervalMs: options.metricsInterval * 1000,
    environment: host.io.environment,
    onEvent: (event) => print(host, event),
    complain: (text) => host.complain(text),
  });

const print = (host: CliHost, event: WatchEvent): void => host.printJson(event, 'line');

/** One look at the project, with the panel as it was then; without it when there is a problem. */
async function look(
  context: OperationContext,
  file: string,
  signal: AbortSignal,
): Promise<{ readonly event: WatchEvent; readonly actual?: ActualState }> {
  try {
    const viewed = await viewProject(context, file, signal);
    if (viewed.kind === 'viewed') return { event: viewed.view, actual: viewed.actual };
    const first = viewed.diagnostics.find(({ severity }) => severity === 'error');
    const text = t('The infra file has mistakes: the Problems view names them.');
    return { event: { ...toBase(file, context.clock.now()), code: first?.code ?? 'invalid', text } };
  } catch (error) {
    return { event: toProblem(file, context.clock.now(), error) };
  }
}

function toProblem(file: string, nowMs: number, error: unknown): WatchEvent {
  const { text, exitCode } = describeFailure(error);
  return { ...toBase(file, nowMs), code: exitCode === exitCodes.authentication ? 'authentication' : 'unavailable', text };
}

const toBase = (file: string, nowMs: number) =>
  ({ kind: 'problem', format: WATCH_FORMAT, at: new Date(nowMs).toISOString(), file }) as const;
