import { type Command, InvalidArgumentError } from 'commander';
import type { OperationContext } from '#core/operations/operation-context.ts';
import { viewProject } from '#core/operations/view-project.ts';
import { WATCH_FORMAT, type WatchEvent } from '#schemas/events/watch-event.ts';
import { exitCodes } from '#schemas/events/exit-code.ts';
import { parseDurationSeconds } from '#schemas/infra/units.ts';
import { t } from '#schemas/text/text.ts';
import { findInfraFile } from '../arguments/find-infra-file.ts';
import { describeFailure } from '../failures.ts';
import type { CliHost } from '../host.ts';
import { withSession } from '../session.ts';

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
    .action(async (word: string | undefined, { interval }: { interval: number }, self: Command) => {
      const file = await findInfraFile(host.io.cwd, word);
      const globals = { ...self.optsWithGlobals(), json: true };
      host.exitCode = await withSession(host, { operation: 'watch', file, globals, isReadOnly: true }, async ({ context, abort }) => {
        const input = host.io.readLines()[Symbol.asyncIterator]();
        let line = input.next();
        while (!abort.aborted) {
          const event = await look(context, file, abort);
          if (abort.aborted) break;
          host.io.out(`${JSON.stringify(event)}\n`);
          const asked = new AbortController();
          const pause = context.clock.sleep(interval * 1000, AbortSignal.any([abort, asked.signal])).catch(() => undefined);
          const next = await Promise.race([line, pause]);
          // Or the timer of each answered question would wait to its end.
          asked.abort();
          if (next?.done === true) break;
          // A line of input asks for another look.
          if (next) line = input.next();
        }
        return exitCodes.done;
      });
    });
}

async function look(context: OperationContext, file: string, signal: AbortSignal): Promise<WatchEvent> {
  const base = { kind: 'problem', format: WATCH_FORMAT, at: new Date(context.clock.now()).toISOString(), file } as const;
  try {
    const view = await viewProject(context, file, signal);
    if (view.kind === 'project') return view;
    const first = view.diagnostics.find(({ severity }) => severity === 'error');
    return { ...base, code: first?.code ?? 'invalid', text: t('The infra file has mistakes: the Problems view names them.') };
  } catch (error) {
    const { text, exitCode } = describeFailure(error);
    return { ...base, code: exitCode === exitCodes.authentication ? 'authentication' : 'unavailable', text };
  }
}

function parseSeconds(value: string, host: CliHost): number {
  const seconds = parseDurationSeconds(value);
  if (seconds === undefined || seconds < 1)
    throw new InvalidArgumentError(host.render(t('A time span is expected, such as 30s, 5m, 2h or 1d.')));
  return seconds;
}
