import { execFileSync, fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type Diagnostic,
  type MessageConnection,
} from 'vscode-languageserver/node';
import { build } from 'esbuild';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { bundleOf } from '../../scripts/bundles.mjs';

const program = `${process.cwd()}/.tsbuild/protocol-server.cjs`;
const started = new Set<ChildProcess>();

// The program of these sources, whatever lies in dist/.
beforeAll(async () => {
  await build(bundleOf('server', program));
});

afterEach(() => {
  for (const child of started) child.kill('SIGKILL');
  started.clear();
});

interface Server {
  readonly child: ChildProcess;
  readonly connection: MessageConnection;
  readonly exit: Promise<unknown>;
}

async function start(processId: number | null = null, args: readonly string[] = ['--stdio'], more: object = {}): Promise<Server> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  started.add(child);
  const exit = once(child, 'exit').then(([code]: unknown[]) => code);
  const connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  connection.listen();
  await connection.sendRequest('initialize', { processId, rootUri: null, workspaceFolders: null, capabilities: {}, ...more });
  return { child, connection, exit };
}

test('0 after shutdown', async () => {
  const { connection, exit } = await start();
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  expect(await exit).toBe(0);
});

test('1 without it', async () => {
  const { connection, exit } = await start();
  await connection.sendNotification('exit');
  expect(await exit).toBe(1);
});

test('without a word about streams it takes the standard ones', async () => {
  const { connection, exit } = await start(null, []);
  await connection.sendRequest('shutdown');
  await connection.sendNotification('exit');
  expect(await exit).toBe(0);
});

test('ends when its input does', async () => {
  const { child, exit } = await start();
  child.stdin?.end();
  expect(await exit).toBe(1);
});

test('ends when the process that started it is gone', async () => {
  const parent = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
  started.add(parent);
  const { exit } = await start(parent.pid ?? null);
  parent.kill('SIGKILL');
  expect(await exit).toBe(1);
});

test("speaks over Node's channel, and ends with it", async () => {
  const child = fork(program, ['--node-ipc'], { stdio: 'inherit' });
  started.add(child);
  const exit = once(child, 'exit').then(([code]: unknown[]) => code);
  const params = { processId: null, rootUri: null, workspaceFolders: null, capabilities: {} };
  child.send({ jsonrpc: '2.0', id: 1, method: 'initialize', params });
  const [answer] = (await once(child, 'message')) as [unknown];
  expect(answer).toMatchObject({ id: 1, result: { serverInfo: { name: 'ict' } } });
  child.disconnect();
  expect(await exit).toBe(1);
});

test('problems over real files, in Russian, with the page that explains them', async () => {
  const capabilities = { textDocument: { publishDiagnostics: { codeDescriptionSupport: true } } };
  const { connection } = await start(null, ['--stdio'], { locale: 'ru', capabilities });
  const published = new Promise<{ diagnostics: readonly Diagnostic[] }>((resolve) =>
    connection.onNotification('textDocument/publishDiagnostics', resolve),
  );
  const uri = 'file:///nowhere/infra.yaml';
  await connection.sendNotification('textDocument/didOpen', {
    textDocument: { uri, languageId: 'ict-infra', version: 1, text: 'version: 1\nproject: p\ninclude: [gone.yaml] # Привет 🎉\n' },
  });
  const [problem] = (await published).diagnostics;
  expect(problem).toMatchObject({ code: 'file-missing', message: expect.stringMatching(/^Файл не найден/) as string });
  const [page, anchor] = (problem?.codeDescription?.href ?? '').split('#');
  expect(readFileSync(fileURLToPath(page ?? ''), 'utf8')).toContain(`## ${anchor}\n`);
});

describe.runIf(process.platform === 'linux')('a document nobody vouches for', () => {
  let folder = '';
  beforeEach(() => void (folder = mkdtempSync(`${tmpdir()}/ict-untrusted-`)));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** A server over the folder, and the first problems of a document in it. */
  async function open(trusted: boolean) {
    const { connection, child, exit } = await start(null, ['--stdio'], {
      workspaceFolders: [{ uri: pathToFileURL(`${folder}/work`).href, name: 'work' }],
      initializationOptions: { trusted },
    });
    const published = new Map<string, readonly Diagnostic[]>();
    const listeners = new Set<() => void>();
    connection.onNotification(
      'textDocument/publishDiagnostics',
      ({ uri, diagnostics }: { uri: string; diagnostics: readonly Diagnostic[] }) => {
        published.set(uri, diagnostics);
        for (const listener of listeners) listener();
      },
    );
    const problemsOf = async (name: string, text: string): Promise<readonly string[]> => {
      const uri = pathToFileURL(`${folder}/work/${name}`).href;
      const here = new Promise<void>((resolve) => listeners.add(() => void (published.has(uri) && resolve())));
      await connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'ict-infra', version: 1, text } });
      await here;
      return (published.get(uri) ?? []).map(({ message }) => (typeof message === 'string' ? message : message.value));
    };
    return { connection, child, exit, problemsOf };
  }
  const text = (line: string): string => `version: 1\nproject: p\n${line}\nservers: {}\n`;

  test('five pipes in one file: other documents have their problems, and the process ends', async () => {
    mkdirSync(`${folder}/work`);
    execFileSync('mkfifo', ['a', 'b', 'c', 'd', 'e'], { cwd: `${folder}/work` });
    const { connection, exit, problemsOf } = await open(false);
    expect((await problemsOf('pipes.infra.yaml', text('ssh_keys: { a: a, b: b, c: c, d: d, e: e }'))).join('\n')).toContain('is a pipe');
    expect((await problemsOf('other.infra.yaml', text('include: [gone.yaml]'))).join('\n')).toContain('There is no file');
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    expect(await exit).toBe(0);
  });

  test('a device without an end takes no memory', async () => {
    mkdirSync(`${folder}/work`);
    symlinkSync('/dev/zero', `${folder}/work/zero`);
    const { child, problemsOf } = await open(true);
    const peakKb = (): number => Number(/^VmHWM:\s+(\d+)/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]);
    await problemsOf('first.infra.yaml', text(''));
    const before = peakKb();
    const found = await problemsOf('infra.yaml', text('include: [zero]\nprices: zero\nssh_keys: { a: zero, b: /dev/zero }'));
    expect(found.join('\n')).toContain('is a device');
    expect(peakKb() - before).toBeLessThan(64 * 1024);
  });

  test('files outside of the workspace are read only when it is trusted, links that lead out included', async () => {
    mkdirSync(`${folder}/work`);
    writeFileSync(`${folder}/secret.yaml`, 'hidden_word: 1\n');
    symlinkSync('../secret.yaml', `${folder}/work/link.yaml`);
    writeFileSync(`${folder}/work/own.yaml`, 'sizes: {}\n');
    for (const line of ['include: [../secret.yaml]', 'include: [link.yaml]', 'include: [~/x.yaml]', 'prices: ../secret.yaml']) {
      const { problemsOf, child } = await open(false);
      const found = (await problemsOf('infra.yaml', text(line))).join('\n');
      expect(found).toContain('outside of the workspace');
      expect(found).not.toContain('hidden_word');
      child.kill();
    }
    const { problemsOf } = await open(false);
    expect(await problemsOf('infra.yaml', text('include: [own.yaml]'))).toEqual([]);
    const trusted = await open(true);
    expect((await trusted.problemsOf('infra.yaml', text('include: [link.yaml]'))).join('\n')).not.toContain('outside');
  });
});
