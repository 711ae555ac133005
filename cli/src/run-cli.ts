import { CommanderError } from 'commander';
import type { Bundle } from '#core/text/render-text.ts';
import { createTextRenderer, pickLanguage } from '#core/text/render-text.ts';
import { escapeJson } from '#core/text/show-hidden.ts';
import { exitCodes } from '#schemas/events/exit-code.ts';
import { buildProgram } from './program.ts';
import { describeFailure } from './session/failures.ts';
import type { CliHost } from './terminal/host.ts';
import type { CliIo } from './terminal/cli-io.ts';
import { guardIo } from './terminal/guard-io.ts';
import { createStyle } from './terminal/style.ts';

export interface CliOptions {
  readonly io: CliIo;
  /** Russian bundle. */
  readonly russian: Bundle;
  readonly version: string;
  readonly self: CliHost['self'];
}

/** Runs one command line and gives its exit code. Never throws: every failure becomes a message with a next step. */
export async function runCli(argv: readonly string[], options: CliOptions): Promise<number> {
  const io = guardIo(options.io);
  const { LC_ALL, LC_MESSAGES, LANG } = io.environment;
  const language = pickLanguage(findLanguageOption(argv), LC_ALL, LC_MESSAGES, LANG);
  const render = createTextRenderer(language, language === 'ru' ? options.russian : {});
  const host: CliHost = {
    io,
    language,
    render,
    style: createStyle(io, io.isStdoutTty),
    errorStyle: createStyle(io, io.isStderrTty),
    version: options.version,
    self: options.self,
    printJson: (value, layout = 'pretty') => {
      const json = `${JSON.stringify(value, null, layout === 'pretty' ? 2 : 0)}\n`;
      options.io.out(io.isStdoutTty ? escapeJson(json) : json);
    },
    printFile: (text) => (io.isStdoutTty ? io.out(text.replaceAll('\r\n', '\n')) : options.io.out(text)),
    say: (text) => io.out(`${render(text)}\n`),
    complain: (text) => io.err(`${render(text)}\n`),
    exitCode: exitCodes.done,
    root: undefined,
  };
  try {
    const program = buildProgram(host);
    if (argv.length === 0) {
      program.outputHelp();
      return exitCodes.done;
    }
    await program.parseAsync([...argv], { from: 'user' });
    return host.exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done;
    const failure = describeFailure(error);
    host.complain(failure.text);
    if (failure.isBug && io.environment['ICT_LOG'] === 'debug' && error instanceof Error) io.err(`${error.stack ?? ''}\n`);
    return failure.exitCode;
  }
}

/** The language must be known before the options are parsed, because parsing already speaks. */
function findLanguageOption(argv: readonly string[]): string | undefined {
  const index = argv.indexOf('--lang');
  return index >= 0 ? argv[index + 1] : argv.find((word) => word.startsWith('--lang='))?.slice('--lang='.length);
}
