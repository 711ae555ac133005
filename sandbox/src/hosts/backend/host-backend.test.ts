import { afterEach, describe, expect, test } from 'vitest';
import { startTestSandbox, type TestSandbox, validServer } from '../../testing/test-sandbox.ts';
import type { HostAddress, HostBackend, HostRequest, PowerListener } from './host-backend.ts';
import { createNoneBackend } from './none-backend.ts';

let sandbox: TestSandbox | undefined;
afterEach(() => sandbox?.close());

const request = (serverId: number, address?: string): HostRequest => ({
  serverId,
  name: 'web-1',
  image: 'Ubuntu20.04x64',
  adminUser: 'root',
  adminPassword: 'secret',
  publicKeys: [],
  cpu: 1,
  ramMb: 1024,
  hddGb: 20,
  address,
});

test.each([
  ['the first server', 900_001, '127.100.0.2'],
  ['the last of a block', 900_253, '127.100.0.254'],
  ['the first of the next block', 900_254, '127.100.1.2'],
  ['a server far on', 900_001 + 253 * 256, '127.101.0.2'],
])('the none backend gives %s an address of its own', (_reason, id, ip) => {
  expect(createNoneBackend().start(request(id))).toEqual({ ip });
});

test('the none backend keeps an address once given', () => {
  expect(createNoneBackend().rebuild(request(900_001, '127.9.9.9'))).toEqual({ ip: '127.9.9.9' });
});

/** A backend whose hosts take until the test says so. */
const slowBackend = () => {
  const calls: string[] = [];
  const waiting: { resolve(address: HostAddress): void; reject(error: Error): void }[] = [];
  const wait = (call: string): Promise<HostAddress> => {
    calls.push(call);
    return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
  };
  const backend: HostBackend = {
    name: 'slow',
    start: ({ serverId, publicKeys }) => wait(`start ${serverId} ${publicKeys.length} keys`),
    stop: (id, soft) => void calls.push(`stop ${id} ${soft ? 'soft' : 'hard'}`),
    reboot: (id, soft) => void calls.push(`reboot ${id} ${soft ? 'soft' : 'hard'}`),
    rebuild: ({ serverId, image }) => wait(`rebuild ${serverId} ${image}`),
    delete: (id) => void calls.push(`delete ${id}`),
    close: () => void calls.push('close'),
  };
  return { backend, calls, waiting };
};

const events = async (expected: () => boolean): Promise<void> => {
  while (!expected()) await new Promise((resolve) => setImmediate(resolve));
};

describe('a backend that takes its time', () => {
  test('keeps a server New until its host is up, whatever the delay', async () => {
    const { backend, waiting } = slowBackend();
    sandbox = await startTestSandbox({ hosts: backend, delays: 0 });
    await sandbox.call('POST', '/server', validServer);
    expect((await sandbox.call('GET', '/server/900001')).body).toMatchObject({ State: 'New' });
    waiting[0]?.resolve({ ip: '127.0.10.1' });
    await events(() => sandbox?.state.tasks.length === 0);
    expect((await sandbox.call('GET', '/server/900001')).body).toMatchObject({ State: 'Active', IP: '127.0.10.1' });
  });

  test('starts hosts side by side, each once', async () => {
    const { backend, calls } = slowBackend();
    sandbox = await startTestSandbox({ hosts: backend, delays: 0 });
    await sandbox.call('POST', '/server', validServer);
    await sandbox.call('POST', '/server', validServer);
    await sandbox.call('GET', '/server');
    await sandbox.call('GET', '/server');
    expect(calls).toEqual(['start 900001 0 keys', 'start 900002 0 keys']);
  });

  test('that fails, fails the task', async () => {
    const { backend, waiting } = slowBackend();
    sandbox = await startTestSandbox({ hosts: backend, delays: 0 });
    await sandbox.call('POST', '/server', validServer);
    await sandbox.call('GET', '/server');
    waiting[0]?.reject(new Error('no room'));
    await events(() => sandbox?.state.tasks.length === 0);
    expect((await sandbox.call('GET', '/server/900001/action')).body).toMatchObject([{ Type: 'Create', State: 'Failed' }]);
  });

  test('that says a host has switched itself off or on is believed, unless a task is at it', async () => {
    const { backend, calls, waiting } = slowBackend();
    let tell: PowerListener = () => undefined;
    const seed = { servers: [{ name: 'a' }] };
    sandbox = await startTestSandbox({ hosts: { ...backend, watchPower: (listener) => void (tell = listener) }, seed, delays: 0 });
    const isOn = async () => (await sandbox?.call('GET', '/server/900001'))?.body;
    tell(900_001, false);
    expect(await isOn()).toMatchObject({ IsPowerOn: false });
    tell(900_001, true);
    expect(await isOn()).toMatchObject({ IsPowerOn: true });
    tell(900_002, false);
    tell(900_001, false);
    await sandbox.call('POST', '/server/900001/action', { Type: 'PowerOn' });
    await isOn();
    expect(calls).toEqual(['start 900001 0 keys', 'start 900001 0 keys']);
    // Late news of the end before: the task under way knows better.
    tell(900_001, true);
    expect(await isOn()).toMatchObject({ IsPowerOn: false });
    waiting[1]?.resolve({ ip: '127.100.0.2' });
    await events(() => sandbox?.state.tasks.length === 0);
    expect(await isOn()).toMatchObject({ IsPowerOn: true });
  });

  test('hears of seeded servers, power, growth, deletion and the end', async () => {
    const { backend, calls } = slowBackend();
    const seed = {
      ssh_keys: [{ title: 'me', public_key: 'ssh-rsa A' }],
      servers: [
        { name: 'a', ssh_keys: ['me'] },
        { name: 'b', power: 'off' as const },
      ],
    };
    sandbox = await startTestSandbox({ hosts: backend, seed, delays: 0 });
    const act = (Type: string) => sandbox?.call('POST', '/server/900001/action', { Type });
    await act('RebootGuestOS');
    await act('PowerReboot');
    await act('ShutDownGuestOS');
    await act('PowerOff');
    await sandbox.call('PUT', '/server/900001', { HDD: 30 });
    await sandbox.call('PUT', '/server/900001', { CPU: 2 });
    await sandbox.call('DELETE', '/server/900001');
    await sandbox.call('GET', '/server');
    await sandbox.close();
    expect(calls).toEqual([
      'start 900001 1 keys',
      'reboot 900001 soft',
      'reboot 900001 hard',
      'stop 900001 soft',
      'stop 900001 hard',
      // Off already: neither growth nor more cores have anything to reboot.
      'delete 900001',
      'close',
    ]);
  });
});
