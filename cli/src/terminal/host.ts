import type { Language, RenderText } from '#core/text/render-text.ts';
import type { Text } from '#schemas/text/text.ts';
import type { CliIo } from './cli-io.ts';
import type { Style } from './style.ts';

/** What every command works with. */
export interface CliHost {
  readonly io: CliIo;
  readonly language: Language;
  readonly render: RenderText;
  /** Style of standard output. */
  readonly style: Style;
  /** Style of standard error. */
  readonly errorStyle: Style;
  readonly version: string;
  /** How to start this program again: for the detached sandbox. */
  readonly self: { readonly execPath: string; readonly args: readonly string[] };
  /**
   * Writes a value as JSON to standard output: `pretty` over several lines, `line` as one. A terminal gets bidi controls and the like
   * as `\\uXXXX`; programs get the very characters.
   */
  printJson(value: unknown, layout?: 'pretty' | 'line'): void;
  /** Writes a file's text to standard output: to a program or file as it is, to a terminal like everything else. */
  printFile(text: string): void;
  /** Writes one sentence to standard output or standard error, with a line end. */
  say(text: Text): void;
  complain(text: Text): void;
  /** The command being run sets it; the process ends with it. */
  exitCode: number;
  /** Folder below which files are read, as `--root` names it; set before a command runs. */
  root: string | undefined;
}

/** Options every command has. */
export interface GlobalOptions {
  readonly lang?: string;
  readonly context?: string;
  readonly events?: string;
  readonly timeout?: number;
  readonly json?: boolean;
  readonly root?: string;
}

/** A mistake in the command line: shown, exit code 3. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly text: Text;

  constructor(text: Text) {
    super(text.text);
    this.text = text;
  }
}
