import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '#cli/run-cli.ts';
import type { CliIo } from '#cli/terminal/cli-io.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '#sandbox/start-sandbox.ts';
import { type Plan, plan as planSchema } from '#schemas/plan/plan.ts';
import { type Ledger, ledger as ledgerSchema } from '#schemas/state/ledger.ts';

/** What one command line printed and how it ended. */
export interface CliRun {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

export interface RunOptions {
  /** Answers given at the prompts; with it the terminal counts as interactive. */
  readonly answers?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly input?: string;
  /** Lines of standard input, as they come. */
  readonly lines?: AsyncIterable<string>;
  /** Receives the function that sends Ctrl-C. */
  readonly onStart?: (interrupt: () => void) => void;
  readonly cwd?: string;
  readonly onText?: (text: string) => void;
  /** Russian texts; without them only English is spoken. */
  readonly russian?: Readonly<Record<string, string>>;
}

/** A folder with an infra file and a sandbox to apply it to: real HTTP, real files, no waiting for tasks. */
export interface Lab {
  readonly sandbox: Sandbox;
  readonly folder: string;
  readonly file: string;
  readonly environment: Readonly<Record<string, string>>;
  write(yaml: string): Promise<void>;
  /** Runs `ict` in this process. */
  run(args: readonly string[], options?: RunOptions): Promise<CliRun>;
  /** The plan as JSON. */
  plan(...args: readonly string[]): Promise<Plan>;
  ledger(): Promise<Ledger>;
  /** Names of the servers in the account, sorted. */
  serverNames(): string[];
  close(): Promise<void>;
}

export const publicKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGVjaG8gdGhpcyBpcyBub3QgYSByZWFsIGtleSEh test@example';

/** The head of a small valid file; servers follow. */
export const head = `version: 1
project: shop
defaults: { dc: Xelent, image: Ubuntu 20.4 x64, cpu: 1, ram: 1 GB, disk: 10 GB }
`;

export async function openLab(options: SandboxOptions = {}, more: Readonly<Record<string, string>> = {}): Promise<Lab> {
  const sandbox = await startSandbox({ delays: 0, ...options });
  const folder = await mkdtemp(join(tmpdir(), 'ict-lab-'));
  const file = join(folder, 'infra.yaml');
  const environment = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    ICT_CONFIG_DIR: join(folder, 'config'),
    ONECLOUD_ENDPOINT: sandbox.endpoint,
    ONECLOUD_TOKEN: sandbox.token,
    ICT_POLL_INTERVAL_MS: '5',
    ICT_MAX_BACKOFF_MS: '20',
    // A create without an answer is settled at once: no test has ten minutes.
    ICT_CREATE_LOOKUP_MS: '40',
    ICT_CREATE_DOUBT_MS: '0',
    ICT_CREATE_RECHECK_MS: '5',
    // Its servers have no hosts unless a test asks for them.
    ICT_AGENT: 'off',
    LANG: 'C.UTF-8',
    ...more,
  };
  const run = (args: readonly string[], runOptions: RunOptions = {}): Promise<CliRun> =>
    runInProcess(args, folder, { ...environment, ...runOptions.environment }, runOptions);
  return {
    sandbox,
    folder,
    file,
    environment,
    run,
    write: (yaml) => writeFile(file, yaml),
    plan: async (...args) => {
      const { out, err } = await run(['plan', '--json', ...args]);
      const parsed: unknown = JSON.parse(out);
      if (typeof parsed !== 'object' || parsed === null || !('plan' in parsed)) throw new Error(`no plan: ${out}${err}`);
      return planSchema.parse(parsed.plan);
    },
    ledger: async () => ledgerSchema.parse(JSON.parse(await readFile(join(folder, '.ict', 'shop', 'ledger.json'), 'utf8'))),
    serverNames: () => sandbox.state.servers.map((server) => server.name).sort(),
    close: async () => {
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Every file below a folder with its text, for scanning. */
export async function readAllFiles(folder: string): Promise<Map<string, string>> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(await Promise.all(files.map(async (path) => [path, await readFile(path, 'utf8')] as const)));
}

/** Standard input of a text given beforehand. */
async function* linesOf(text = ''): AsyncIterable<string> {
  await Promise.resolve();
  yield* text.split('\n');
}

/** Runs `ict` in this process, without a sandbox of its own. */
export async function runInProcess(
  args: readonly string[],
  cwd: string,
  environment: Readonly<Record<string, string>>,
  options: RunOptions = {},
): Promise<CliRun> {
  let [out, err] = ['', ''];
  const answers = [...(options.answers ?? [])];
  const io: CliIo = {
    environment,
    cwd: options.cwd ?? cwd,
    isInteractive: options.answers !== undefined,
    isStdoutTty: false,
    isStderrTty: false,
    columns: 100,
    rows: 50,
    out: (text) => {
      out += text;
      options.onText?.(text);
    },
    err: (text) => {
      err += text;
      options.onText?.(text);
    },
    ask: (question) => {
      err += question;
      return Promise.resolve(answers.shift());
    },
    readAll: () => Promise.resolve(options.input ?? ''),
    readLines: () => options.lines ?? linesOf(options.input),
    onInterrupt: (listener) => {
      options.onStart?.(listener);
      return () => undefined;
    },
  };
  const code = await runCli(args, {
    io,
    russian: options.russian ?? {},
    version: '0.0.0-test',
    self: { execPath: process.execPath, args: [] },
  });
  return { code, out, err };
}
