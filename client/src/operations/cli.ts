import { type ChildProcess, spawn } from 'node:child_process';
import { type FileHandle } from 'node:fs/promises';
import type { Language } from '#core/text/render-text.ts';

/** What the engine's process gets beside its arguments. Secrets are in the environment and nowhere else. */
export interface CliEnvironment {
  /** Token and endpoint of the current account; empty when signed out: the engine then looks for `ict login`. */
  readonly variables: Readonly<Partial<Record<string, string>>>;
}

/** How a short call of the engine ended. */
export interface CliResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd: string;
  readonly signal?: AbortSignal;
  /** Instead of those of the current account. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** A command line of the engine for somebody else to start, such as a terminal. */
export interface CliDescription {
  readonly executable: string;
  readonly words: readonly string[];
  /** What the environment needs beside what it has. */
  readonly variables: Readonly<Record<string, string>>;
}

/** Starts the engine: the bundled `dist/cli.js` by the editor's own Node, so that nothing has to be installed. */
export interface Cli {
  /** Runs to the end. An aborted signal ends the process. */
  run(words: readonly string[], options: RunOptions): Promise<CliResult>;
  /** Starts a process that outlives this window; its output goes to the file. */
  startDetached(words: readonly string[], options: { readonly cwd: string; readonly output: FileHandle }): ChildProcess;
  /** Starts a process that lives as long as its standard input is open. */
  startAttached(words: readonly string[], options: { readonly cwd: string }): ChildProcess;
  describe(words: readonly string[]): CliDescription;
}

/**
 * For Node in a process that lives for hours and looks at small things again and again. With 1 000 servers a young generation
 * of 4 MB instead of V8's 16 takes 25 MB less memory and a quarter less of the processor (`npm run bench`).
 */
export const attachedNodeOptions: readonly string[] = ['--max-semi-space-size=4'];

/** `environment` is asked before each start, so that a change of account counts at once. */
export function createCli(program: string, language: Language, environment: () => CliEnvironment): Cli {
  const words = (given: readonly string[]): string[] => [program, '--lang', language, ...given];
  // The editor's executable is Node when it is told so.
  const added = (): Record<string, string> => ({ ELECTRON_RUN_AS_NODE: '1', ...definedOnly(environment().variables) });
  const variables = (): NodeJS.ProcessEnv => ({ ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined, ...added() });
  return {
    run: (given, { cwd, signal, variables: more }) =>
      new Promise((resolve, reject) => {
        const child = spawn(process.execPath, words(given), {
          cwd,
          env: { ...variables(), ...more },
          stdio: ['ignore', 'pipe', 'pipe'],
          ...(signal ? { signal } : {}),
        });
        const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
        child.stdout.on('data', (part: Buffer) => stdout.push(part));
        child.stderr.on('data', (part: Buffer) => stderr.push(part));
        child.on('error', reject);
        child.on('close', (exitCode) =>
          resolve({
            exitCode: exitCode ?? 1,
            stdout: Buffer.concat(stdout).toString('utf8'),
            stderr: Buffer.concat(stderr).toString('utf8'),
          }),
        );
      }),
    startDetached: (given, { cwd, output }) => {
      const child = spawn(process.execPath, words(given), {
        cwd,
        env: variables(),
        stdio: ['ignore', output.fd, output.fd],
        detached: true,
      });
      child.unref();
      return child;
    },
    startAttached: (given, { cwd }) =>
      spawn(process.execPath, [...attachedNodeOptions, ...words(given)], { cwd, env: variables(), stdio: ['pipe', 'pipe', 'pipe'] }),
    describe: (given) => ({ executable: process.execPath, words: words(given), variables: added() }),
  };
}

const definedOnly = (values: Readonly<Partial<Record<string, string>>>): Record<string, string> =>
  Object.fromEntries(Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
