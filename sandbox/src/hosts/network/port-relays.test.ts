import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openPortRelays, type PortRelays } from './port-relays.ts';

const IP = '127.98.0.7';
/** Ports that the host lets in, and those that something inside listens on. */
const admitted = new Set<number>();
const listening = new Set<number>();

let folder: string;
let gateway: Server;
let relays: PortRelays;

/** A gateway as `images/connect.sh` is one; behind it stands a host that says its port's number and then all that it hears. */
const openGateway = (path: string): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer({ allowHalfOpen: true }, (socket) => {
      socket.on('error', () => undefined);
      socket.once('data', (data) => {
        const port = Number(data.toString().trim());
        if (!admitted.has(port)) return void socket.end();
        socket.write(`+${port} `);
        socket.pipe(socket);
        return undefined;
      });
    }).listen(path, () => resolve(server));
  });

/** What is heard at a port after saying a word; an error's code when it is not open. */
const say = (port: number, word: string): Promise<string> =>
  new Promise((resolve) => {
    let heard = '';
    const socket = connect(port, IP, () => socket.end(word));
    socket.on('data', (data) => (heard += data.toString()));
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error')).on('end', () => resolve(heard));
  });

const shown = (): number[] => relays.list().map(({ inside }) => inside);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ict-gateway-'));
  gateway = await openGateway(join(folder, 'door.sock'));
  relays = openPortRelays({ ip: IP, gateway: join(folder, 'door.sock'), listPorts: async () => [...listening], except: [22] });
});
afterEach(async () => {
  await relays.close();
  await new Promise((resolve) => gateway.close(resolve));
  await rm(folder, { recursive: true });
  admitted.clear();
  listening.clear();
});

test('a port is open for as long as something listens on it; SSH is none of its business', async () => {
  for (const port of [22, 18_080]) admitted.add(port);
  for (const port of [22, 18_080]) listening.add(port);
  await expect.poll(shown, { timeout: 5_000 }).toEqual([18_080]);
  expect(relays.list()).toEqual([{ inside: 18_080, outside: 18_080 }]);
  expect(await say(18_080, 'hello')).toBe('18080 hello');
  listening.delete(18_080);
  await expect.poll(shown, { timeout: 5_000 }).toEqual([]);
  expect(await say(18_080, 'hello')).toBe('ECONNREFUSED');
});

test('a port the firewall shuts resets once, refuses then, and opens again with it', async () => {
  listening.add(18_081).add(18_082);
  admitted.add(18_082);
  await expect.poll(shown, { timeout: 5_000 }).toEqual([18_082]);
  admitted.delete(18_082);
  expect(await say(18_082, 'hello')).toBe('ECONNRESET');
  expect(await say(18_082, 'hello')).toBe('ECONNREFUSED');
  admitted.add(18_081).add(18_082);
  await expect.poll(shown, { timeout: 5_000 }).toEqual([18_081, 18_082]);
  expect(await say(18_081, 'again')).toBe('18081 again');
});

test('a port that another program has waits until it is free', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(18_083, IP, resolve));
  for (const port of [18_083, 18_084]) listening.add(port);
  for (const port of [18_083, 18_084]) admitted.add(port);
  await expect.poll(shown, { timeout: 5_000 }).toEqual([18_084]);
  await new Promise((resolve) => other.close(resolve));
  await expect.poll(shown, { timeout: 5_000 }).toEqual([18_083, 18_084]);
});

test('when the host ends its connections are cut', async () => {
  listening.add(18_085);
  admitted.add(18_085);
  await expect.poll(shown, { timeout: 5_000 }).toEqual([18_085]);
  const socket = connect(18_085, IP);
  await new Promise((resolve) => socket.once('data', resolve));
  const ended = new Promise((resolve) => socket.on('error', () => undefined).on('close', resolve));
  await relays.close();
  await ended;
  expect(shown()).toEqual([]);
});
