import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

/** The terminal as the CLI sees it; tests bring their own. */
export interface CliIo {
  readonly environment: Readonly<Partial<Record<string, string>>>;
  readonly cwd: string;
  /** Whether a person can read and answer. */
  readonly isInteractive: boolean;
  /** Whether stdout takes colours and redrawn lines. */
  readonly isStdoutTty: boolean;
  readonly isStderrTty: boolean;
  readonly columns: number;
  /** Lines of the screen; as many as one likes where there is none. */
  readonly rows: number;
  out(text: string): void;
  err(text: string): void;
  /** Asks on the terminal. Undefined: end of input. `isSecret` shows nothing of what is typed. */
  ask(question: string, options?: { isSecret?: boolean }): Promise<string | undefined>;
  /** Everything on standard input. */
  readAll(): Promise<string>;
  /** Lines of standard input as they come; ends with it. */
  readLines(): AsyncIterable<string>;
  /** Calls back at each Ctrl-C or SIGTERM; returns what stops listening. */
  onInterrupt(listener: () => void): () => void;
}

/** The real terminal. */
export function createProcessIo(): CliIo {
  const { stdin, stdout, stderr, env } = process;
  return {
    environment: env,
    cwd: process.cwd(),
    isInteractive: stdin.isTTY && stderr.isTTY,
    isStdoutTty: stdout.isTTY,
    isStderrTty: stderr.isTTY,
    // Asked anew each time: the window may have been resized.
    get columns() {
      return stdout.columns || Number(env['COLUMNS']) || 100;
    },
    get rows() {
      return stdout.rows || Number.MAX_SAFE_INTEGER;
    },
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    ask: async (question, options) => {
      // readline redraws its own prompt; what is typed as a secret must not be drawn at all.
      const hidden = new Writable({ write: (_chunk, _encoding, done) => done() });
      const isSecret = options?.isSecret === true;
      const reader = createInterface({ input: stdin, output: isSecret ? hidden : stderr, terminal: stdin.isTTY });
      // The reader has switched the terminal's own echo off by now: whoever types at once is not shown either.
      if (isSecret) stderr.write(question);
      try {
        return await new Promise<string | undefined>((resolve) => {
          reader.once('close', () => resolve(undefined));
          reader.once('SIGINT', () => reader.close());
          reader.question(isSecret ? '' : question).then(resolve, () => resolve(undefined));
        });
      } finally {
        reader.close();
        if (isSecret) stderr.write('\n');
      }
    },
    readLines: () => {
      const reader = createInterface({ input: stdin, terminal: false });
      const lines = reader[Symbol.asyncIterator]();
      const leave = (): Promise<IteratorResult<string>> => {
        reader.close();
        // Or whoever holds the other end open would keep this process alive.
        stdin.destroy();
        return Promise.resolve({ done: true, value: undefined });
      };
      return { [Symbol.asyncIterator]: () => ({ next: () => lines.next(), return: leave }) };
    },
    readAll: async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of stdin) chunks.push(chunk as Buffer);
      return Buffer.concat(chunks).toString('utf8');
    },
    onInterrupt: (listener) => {
      process.on('SIGINT', listener);
      process.on('SIGTERM', listener);
      return () => {
        process.off('SIGINT', listener);
        process.off('SIGTERM', listener);
      };
    },
  };
}
