import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type Diagnostic,
  type MessageConnection,
} from 'vscode-languageserver/node';
import { build } from 'esbuild';
import { afterEach, beforeAll, expect, test } from 'vitest';

const program = `${process.cwd()}/.tsbuild/protocol-server.cjs`;
const started = new Set<ChildProcess>();

// The program of these sources, whatever lies in dist/.
beforeAll(async () => {
  await build({
    entryPoints: ['server/src/main.ts'],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    mainFields: ['module', 'main'],
    banner: { js: 'const importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
    define: { 'import.meta.url': 'importMetaUrl' },
  });
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
