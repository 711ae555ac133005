import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createScriptedClock } from '../testing/scripted-clock.ts';
import { applySeed } from '../seed/apply-seed.ts';
import { seed } from '../seed/seed-schema.ts';
import { startTestSandbox, type TestSandbox, validServer } from '../testing/test-sandbox.ts';
import { createLink, freeAddress, gatewayOf, networkPrefix } from './addresses.ts';
import { takeId } from './counters.ts';
import { createPassword } from './password.ts';
import { createStateFile } from './state-file.ts';

let stateDir: string;
let sandbox: TestSandbox | undefined;
beforeEach(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'sandbox-'));
});
afterEach(async () => {
  await sandbox?.close();
  await rm(stateDir, { recursive: true });
});

const emptyState = () => applySeed(seed.parse({ networks: [{ name: 'back' }], servers: [{ name: 'a', networks: ['back'] }] }), 0, () => 0);

test('ids are counted per kind and never given twice', () => {
  const state = emptyState();
  expect([takeId(state, 'server'), takeId(state, 'server'), takeId(state, 'action'), takeId(state, 'key')]).toEqual([
    900_002, 900_003, 4_400_001, 3_001,
  ]);
});

test('a password has 8 letters and digits', () => {
  const values = [0, 0.5, 0.999999];
  for (const value of values) expect(createPassword(() => value)).toMatch(/^[A-Za-z0-9]{8}$/);
  let count = 0;
  expect(createPassword(() => (count++ % 50) / 50)).toBe('ABCDEFGH');
});

test('a network gives its lowest free address', () => {
  const state = emptyState();
  const [network] = state.networks;
  if (network === undefined) throw new Error('no network');
  expect(networkPrefix(network)).toBe('10.0.1');
  expect(freeAddress(state, network)).toBe('10.0.1.3');
  const [server] = state.servers;
  for (let last = 3; last < 255; last++) server?.links.push(createLink(state, network, `10.0.1.${last}`, 0));
  expect(freeAddress(state, network)).toBe('');
  expect(gatewayOf('127.100.0.7')).toBe('127.100.0.1');
});

test('MAC addresses are VMware’s and differ', () => {
  const state = emptyState();
  const macs = state.servers.flatMap((server) => server.links.map((link) => link.mac));
  expect(macs).toEqual(['00:50:56:aa:00:01', '00:50:56:aa:00:02']);
});

describe('the state file', () => {
  test('gives back what was stored, and nothing when there is none', async () => {
    const file = createStateFile(stateDir);
    expect(await file.load()).toBeUndefined();
    const state = emptyState();
    await file.save(state);
    expect(await file.load()).toEqual(state);
  });

  test('is for its owner only: it holds passwords', async () => {
    await createStateFile(join(stateDir, 'deep', 'er')).save(emptyState());
    expect((await stat(join(stateDir, 'deep', 'er', 'state.json'))).mode & 0o777).toBe(0o600);
  });

  test.each([
    ['no JSON', '{'],
    ['another version', '{"version":2}'],
    ['something else', '[]'],
  ])('that is %s is not overwritten but refused', async (_reason, text) => {
    await writeFile(join(stateDir, 'state.json'), text);
    await expect(startTestSandbox({ stateDir })).rejects.toMatchObject({ code: 'bad-state' });
    expect(await readFile(join(stateDir, 'state.json'), 'utf8')).toBe(text);
  });
});

describe('after a restart', () => {
  const restart = async (clock = createScriptedClock()): Promise<TestSandbox> => {
    await sandbox?.close();
    sandbox = await startTestSandbox({ stateDir, clock, delays: 1000 });
    return sandbox;
  };

  test('everything is there: servers, keys, networks, passwords, counters', async () => {
    const first = await restart();
    await first.call('POST', '/sshkey', { Title: 'me', PublicKey: 'ssh-rsa AAAA me' });
    await first.call('POST', '/network', { Name: 'back' });
    await first.call('POST', '/server', { ...validServer, SshKeys: [3001], NetworkID: 51001 });
    first.advance(1000);
    const paths = ['/server', '/sshkey', '/network', '/server/900001/action'];
    const before = await Promise.all(paths.map(async (path) => (await first.call('GET', path)).body));
    const second = await restart(first.clock);
    expect(await Promise.all(paths.map(async (path) => (await second.call('GET', path)).body))).toEqual(before);
    expect((await second.call('POST', '/server', validServer)).body).toMatchObject({ ID: 900_002 });
  });

  test('a running task goes on and ends at its time', async () => {
    const first = await restart();
    await first.call('POST', '/server', validServer);
    first.advance(400);
    const second = await restart(first.clock);
    second.advance(599);
    expect((await second.call('GET', '/server/900001')).body).toMatchObject({ State: 'New' });
    second.advance(1);
    expect((await second.call('GET', '/server/900001')).body).toMatchObject({ State: 'Active' });
  });

  test('a task that fell due meanwhile is done', async () => {
    const first = await restart();
    await first.call('POST', '/server', validServer);
    await first.close();
    first.clock.advance(60_000);
    const second = await restart(first.clock);
    expect((await second.call('GET', '/server/900001')).body).toMatchObject({ State: 'Active' });
  });

  test('the clock does not stand before the last write, although it had been advanced', async () => {
    const first = await restart(createScriptedClock(1_000_000));
    first.advance(500_000);
    await first.call('POST', '/network', { Name: 'a' });
    const second = await restart(createScriptedClock(1_000_000));
    expect(second.clock.now()).toBe(1_500_000);
  });

  test('a write that was answered survives a crash right after the answer', async () => {
    const first = await restart();
    await first.call('POST', '/server', validServer);
    // Read behind the back of the first one, which never got to close.
    expect((await createStateFile(stateDir).load())?.servers.map(({ name }) => name)).toEqual(['web-1']);
  });

  test('the seed is not applied again', async () => {
    sandbox = await startTestSandbox({ stateDir, seed: { servers: [{ name: 'a' }] } });
    await sandbox.close();
    sandbox = await startTestSandbox({ stateDir, seed: { servers: [{ name: 'b' }, { name: 'c' }] } });
    expect(sandbox.state.servers.map(({ name }) => name)).toEqual(['a']);
    sandbox.reset();
    expect(sandbox.state.servers.map(({ name }) => name)).toEqual(['b', 'c']);
  });
});
