import { type Command, InvalidArgumentError } from 'commander';
import type { OperationContext } from '#core/operations/operation-context.ts';
import { viewProject } from '#core/operations/view-project.ts';
import { WATCH_FORMAT, type WatchEvent } from '#schemas/events/watch-event.ts';
import { exitCodes } from '#schemas/events/exit-code.ts';
import { parseDurationSeconds } from '#schemas/infra/units.ts';
import type { ActualState } from '#schemas/state/actual.ts';
import { t } from '#schemas/text/text.ts';
import { findInfraFile } from '../arguments/find-infra-file.ts';
import { describeFailure } from '../failures.ts';
import type { CliHost } from '../host.ts';
import { type Session, withSession } from '../session.ts';
import { followMetrics, type MetricsFollower } from './follow-metrics.ts';

/** Seconds between two looks. */
const DEFAULT_SECONDS = 30;

/** `ict watch`: a project as JSON lines, for editors and other programs. */
export function addWatchCommand(program: Command, host: CliHost): void {
  const { render } = host;
  program
    .command('watch')
    .argument('[file]', render(t('infra file, its folder, or NAME of NAME.infra.yaml')))
    .description(render(t('print the project as one JSON line now, at each interval, and at each line of input; ends with the input')))
    .option('--interval <time>', render(t('how often, such as 30s')), (value) => parseSeconds(value, host), DEFAULT_SECONDS)
    .option('--metrics', render(t('print what the servers are doing as well, one line for each look, and keep it')))
    .action(async (word: string | undefined, options: Options, self: Command) => {
      const file = await findInfraFile(host.io.cwd, word);
      const globals = { ...self.optsWithGlobals(), json: true };
      host.exitCode = await withSession(host, { operation: 'watch', file, globals, isReadOnly: true }, async (session) => {
        const print = (event: WatchEvent): void => host.io.out(`${JSON.stringify(event)}\n`);
        const follower = options.metrics === true ? followMetrics(host, session, file, print) : undefined;
        try {
          await watch(host, session, { file, intervalMs: options.interval * 1000, print, follower });
        } finally {
          await follower?.close();
        }
        return exitCodes.done;
      });
    });
}

interface Options {
  readonly interval: number;
  readonly metrics?: boolean;
}

interface WatchRequest {
  readonly file: string;
  readonly intervalMs: number;
  readonly print: (event: WatchEvent) => void;
  readonly follower: MetricsFollower | undefined;
}

/** Looks until the signal or the end of the input. */
async function watch({ io }: CliHost, { context, abort }: Session, { file, intervalMs, print, follower }: WatchRequest): Promise<void> {
  const input = io.readLines()[Symbol.asyncIterator]();
  let line = input.next();
  while (!abort.aborted) {
    const { event, actual } = await look(context, file, abort);
    if (abort.aborted) break;
    print(event);
    if (actual) follower?.update(actual);
    const asked = new AbortController();
    const pause = context.clock.sleep(intervalMs, AbortSignal.any([abort, asked.signal])).catch(() => undefined);
    const next = await Promise.race([line, pause]);
    // Or the timer of each answered question would wait to its end.
    asked.abort();
    if (next?.done === true) break;
    // A line of input asks for another look.
    if (next) line = input.next();
  }
}

async function look(
  context: OperationContext,
  file: string,
  signal: AbortSignal,
): Promise<{ readonly event: WatchEvent; readonly actual?: ActualState }> {
  const base = { kind: 'problem', format: WATCH_FORMAT, at: new Date(context.clock.now()).toISOString(), file } as const;
  try {
    const viewed = await viewProject(context, file, signal);
    if (viewed.kind === 'viewed') return { event: viewed.view, actual: viewed.actual };
    const first = viewed.diagnostics.find(({ severity }) => severity === 'error');
    const text = t('The infra file has mistakes: the Problems view names them.');
    return { event: { ...base, code: first?.code ?? 'invalid', text } };
  } catch (error) {
    const { text, exitCode } = describeFailure(error);
    return { event: { ...base, code: exitCode === exitCodes.authentication ? 'authentication' : 'unavailable', text } };
  }
}

function parseSeconds(value: string, host: CliHost): number {
  const seconds = parseDurationSeconds(value);
  if (seconds === undefined || seconds < 1)
    throw new InvalidArgumentError(host.render(t('A time span is expected, such as 30s, 5m, 2h or 1d.')));
  return seconds;
}
