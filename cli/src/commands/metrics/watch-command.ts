import type { Command } from 'commander';
import { createCollector, openKeeper } from '#core/create-core/create-metrics.ts';
import { LOOK_TIMEOUT_MS } from '#core/metrics/collect/collector.ts';
import { openTurns, type Turns } from '#core/operations/watch/turns.ts';
import { openWatchMetrics, type WatchMetrics } from '#core/operations/watch/watch-metrics.ts';
import { toWatchProblem, watchProject } from '#core/operations/watch/watch-project.ts';
import { systemClock } from '#core/platform/clock.ts';
import { CredentialsError } from '#core/platform/credentials.ts';
import { exitCodes } from '#schemas/events/exit-code.ts';
import type { WatchEvent } from '#schemas/events/watch-event.ts';
import { t } from '#schemas/text/text.ts';
import { findInfraFile } from '../../inputs/find-infra-file.ts';
import { parseSeconds } from '../../inputs/parse-options.ts';
import { describeFailure } from '../../session/failures.ts';
import { type Session, withSession } from '../../session/session.ts';
import { toDeployContext } from '../../session/to-deploy-context.ts';
import type { CliHost, GlobalOptions } from '../../terminal/host.ts';

interface Options {
  readonly interval: number;
  readonly metrics?: boolean;
  readonly metricsInterval: number;
}

/** Seconds between two looks at the panel, and between two at a server. */
const DEFAULT_SECONDS = 30;
const DEFAULT_METRICS_SECONDS = 5;
/** The first looks at many servers are spread a little. */
const SPREAD_MS = 1000;

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
        watchSession(host, session, request),
      );
    } catch (error) {
      if (!(error instanceof CredentialsError)) throw error;
      print(host, toWatchProblem(file, systemClock.now(), describeFailure(error)));
      const stop = new AbortController();
      const release = host.io.onInterrupt(() => stop.abort());
      const turn = await turns.next(options.interval * 1000, stop.signal).finally(release);
      if (turn === 'over') return exitCodes.done;
    }
  }
}

async function watchSession(host: CliHost, session: Session, { file, options, turns }: WatchRequest): Promise<number> {
  // Where no agents are wanted there is nobody to ask.
  const isAsked = options.metrics === true && host.io.environment['ICT_AGENT'] !== 'off';
  const metrics = isAsked ? openMetrics(host, session, { file, options }) : undefined;
  const onEvent = (event: WatchEvent): void => print(host, event);
  try {
    const watched = { file, intervalMs: options.interval * 1000, turns, onEvent, describeFailure, metrics };
    await watchProject(session.context, watched, session.abort);
  } finally {
    await metrics?.close();
  }
  return exitCodes.done;
}

function openMetrics(host: CliHost, session: Session, { file, options }: Pick<WatchRequest, 'file' | 'options'>): WatchMetrics {
  const { environment } = host.io;
  const context = toDeployContext(host, session);
  const pace = { intervalMs: options.metricsInterval * 1000, timeoutMs: LOOK_TIMEOUT_MS, spreadMs: SPREAD_MS };
  return openWatchMetrics(context, {
    file,
    createCollector: (onEvent) => createCollector({ environment, ...pace, onEvent }),
    openKeeper: (project) => openKeeper(file, project, context.command, context.clock),
    onEvent: (event) => print(host, event),
    describeFailure: (error) => describeFailure(error).text,
    complain: (text) => host.complain(text),
  });
}

const print = (host: CliHost, event: WatchEvent): void => host.printJson(event, 'line');
