import type { CliIo } from './cli-io.ts';
import { settleCodes } from './terminal-codes.ts';

/**
 * The one way of texts to the terminal. Whatever a command prints, and wherever it had it from, leaves without control characters, bidi
 * controls or invisible characters of its own: they are shown (`\x1b`, `\u202e`). Our own colours and cursor movements come back as codes.
 */
export function guardIo(io: CliIo): CliIo {
  return {
    environment: io.environment,
    cwd: io.cwd,
    isInteractive: io.isInteractive,
    isStdoutTty: io.isStdoutTty,
    isStderrTty: io.isStderrTty,
    get columns() {
      return io.columns;
    },
    get rows() {
      return io.rows;
    },
    out: (text) => io.out(settleCodes(text)),
    err: (text) => io.err(settleCodes(text)),
    ask: (question, options) => io.ask(settleCodes(question), options),
    readAll: () => io.readAll(),
    readLines: () => io.readLines(),
    onInterrupt: (listener) => io.onInterrupt(listener),
  };
}
