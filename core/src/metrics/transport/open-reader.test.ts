import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import type { MetricsTarget } from './metrics-target.ts';
import { MAX_PAGE_BYTES } from './get-page.ts';
import { openPageReader, type PageReader } from './open-reader.ts';
import { judgeSsh } from './ssh-tunnel.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function serve(
  answer: RequestListener,
): Promise<{ readonly target: MetricsTarget; readonly server: Server; readonly reader: PageReader }> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const reader = openPageReader({ temporaryFolder: tmpdir(), environment: process.env });
  closers.push(
    () =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      }),
    () => reader.close(),
  );
  const { port } = server.address() as AddressInfo;
  return { server, reader, target: { address: 'server.web', endpoint: { kind: 'http', host: '127.0.0.1', port } } };
}

const never = new AbortController().signal;

test('many looks use one connection', async () => {
  const { reader, target, server } = await serve((request, response) => response.end(`path ${request.url}`));
  let connections = 0;
  server.on('connection', () => (connections += 1));
  for (let look = 0; look < 5; look++) expect(await reader.read(target, never)).toBe('path /metrics');
  expect(connections).toBe(1);
});

test('a kept connection that the host has closed is replaced', async () => {
  const { reader, target, server } = await serve((_request, response) => response.end('page'));
  await reader.read(target, never);
  server.closeAllConnections();
  expect(await reader.read(target, never)).toBe('page');
});

describe('what is wrong is told apart', () => {
  test.each<[string, RequestListener, string]>([
    ['another status', (_request, response) => response.writeHead(503).end('busy'), 'bad-answer'],
    [
      'an answer cut off',
      (_request, response) => {
        response.writeHead(200, { 'content-length': '100' }).write('half', () => response.destroy());
      },
      'bad-answer',
    ],
    [
      'a page without end',
      (_request, response) => {
        const more = (): void => {
          while (!response.destroyed && response.write('x'.repeat(1_000_000)));
        };
        response.on('drain', more);
        more();
      },
      'too-large',
    ],
    ['a connection dropped', (request) => void request.socket.destroy(), 'no-agent'],
  ])('%s', async (_reason, answer, code) => {
    const { reader, target } = await serve(answer);
    await expect(reader.read(target, never)).rejects.toMatchObject({ name: 'ReadError', code });
    expect(MAX_PAGE_BYTES).toBe(16 * 1024 * 1024);
  });

  test('nobody listens', async () => {
    const { reader, target, server } = await serve((_request, response) => response.end());
    await new Promise((resolve) => server.close(resolve));
    await expect(reader.read(target, never)).rejects.toMatchObject({ code: 'no-agent' });
  });

  test('something else than HTTP', async () => {
    const { reader } = await serve((_request, response) => response.end());
    const other = createTcpServer((socket) => void socket.end('SSH-2.0-other\r\n', () => socket.destroy()));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    closers.push(() => new Promise((resolve) => other.close(resolve)));
    const { port } = other.address() as AddressInfo;
    const target: MetricsTarget = { address: 'server.other', endpoint: { kind: 'http', host: '127.0.0.1', port } };
    await expect(reader.read(target, never)).rejects.toMatchObject({ code: 'bad-answer' });
  });
});

test('a look ends with its signal, with the signal’s reason', async () => {
  const stop = new AbortController();
  const reason = new Error('enough');
  const { reader, target } = await serve(() => stop.abort(reason));
  await expect(reader.read(target, stop.signal)).rejects.toBe(reason);
});

test('a host whose SSH does not listen costs no process', async () => {
  const { reader, server } = await serve((_request, response) => response.end());
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  const target: MetricsTarget = {
    address: 'server.gone',
    // Would fail otherwise: there is no such option.
    endpoint: { kind: 'ssh', host: '127.0.0.1', sshPort: port, sshArguments: ['--no-such-option'], port: 9100 },
  };
  await expect(reader.read(target, never)).rejects.toMatchObject({
    code: 'unreachable',
    message: expect.stringContaining('ECONNREFUSED') as string,
  });
});

/** Stands for ssh and for the host behind it: serves a page at the socket that `-L` names, and says how it starts and ends. */
const fakeSsh = `#!${process.execPath}
const { createServer } = require('node:http');
const { appendFileSync } = require('node:fs');
const [socket] = process.argv[process.argv.indexOf('-L') + 1].split(':');
const say = (word) => appendFileSync(process.env.FAKE_SSH_LOG, word + ' ' + process.argv.at(-2) + '\\n');
createServer((request, response) => response.end('page')).listen(socket, () => {
  say('open');
  process.stdout.write(process.argv.at(-1).split(';')[0].replace('echo ', '') + '\\n');
});
const end = () => { say('end'); process.exit(0); };
process.on('SIGTERM', end);
process.stdin.on('end', end).resume();
`;

test('connections through SSH are kept for looks, end with their server, and leave nothing behind', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ict-fake-'));
  closers.push(() => rm(folder, { recursive: true, force: true }));
  await writeFile(join(folder, 'ssh'), fakeSsh);
  await chmod(join(folder, 'ssh'), 0o755);
  const log = join(folder, 'log');
  const sockets = await mkdtemp(join(tmpdir(), 'ict-s-'));
  closers.push(() => rm(sockets, { recursive: true, force: true }));
  const environment = { PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}`, FAKE_SSH_LOG: log };
  const reader = openPageReader({ temporaryFolder: sockets, environment });
  const sshd = createTcpServer((socket) => void socket.end());
  await new Promise<void>((resolve) => sshd.listen(0, '127.0.0.1', resolve));
  closers.push(() => new Promise((resolve) => sshd.close(resolve)));
  const { port: sshPort } = sshd.address() as AddressInfo;
  const target = (name: string): MetricsTarget => ({
    address: `server.${name}`,
    endpoint: { kind: 'ssh', host: '127.0.0.1', sshPort, sshArguments: [name], port: 9100 },
  });
  const told = async (): Promise<string[]> => (await readFile(log, 'utf8')).trim().split('\n');

  for (const name of ['a', 'b', 'a', 'b']) expect(await reader.read(target(name), never)).toBe('page');
  expect((await told()).sort()).toEqual(['open a', 'open b']);
  await reader.keepOnly(new Set(['server.b'] as const));
  expect((await told()).at(-1)).toBe('end a');
  // The one that stays is not made anew, the one that comes back is.
  expect(await reader.read(target('b'), never)).toBe('page');
  expect(await reader.read(target('a'), never)).toBe('page');
  expect((await told()).slice(3)).toEqual(['open a']);
  await reader.close();
  expect((await told()).slice(4).sort()).toEqual(['end a', 'end b']);
  expect(await readdir(sockets)).toEqual([]);
});

test.each([
  ['No ED25519 host key is known for 10.0.0.1 and you have requested strict checking.\nHost key verification failed.', 'host-key'],
  ['@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @', 'host-key'],
  ['root@10.0.0.1: Permission denied (publickey).', 'login'],
  ['ssh: connect to host 10.0.0.1 port 22: Connection timed out', 'unreachable'],
  ['', 'unreachable'],
])('ssh says %j', (said, code) => {
  expect(judgeSsh(said)).toBe(code);
});
