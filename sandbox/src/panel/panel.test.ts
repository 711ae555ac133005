import { afterEach, describe, expect, test } from 'vitest';
import type { HostBackend } from '../hosts/backend/host-backend.ts';
import { startTestSandbox, type TestSandbox } from '../testing/test-sandbox.ts';

let sandbox: TestSandbox;
afterEach(() => sandbox.close());
const seed = {
  networks: [{ name: 'back' }, { name: 'front' }],
  ssh_keys: [{ title: 'laptop', public_key: 'ssh-rsa AAAA me' }],
  servers: [{ name: 'a', networks: ['back'] }, { name: 'b' }, { name: 'b' }],
};
const start = async (options: Parameters<typeof startTestSandbox>[0] = {}) => (sandbox = await startTestSandbox({ seed, ...options }));
const server = (id: number) => sandbox.state.servers.find((one) => one.id === id);
const networksOf = (id: number) => server(id)?.links.flatMap(({ networkId, type }) => (type === 'PublicShared' ? [] : [networkId]));
const change = (target: string | number, values: Record<string, string>, kind: 'server' | 'network' | 'key' = 'server') =>
  sandbox.panel({ do: 'change', kind, target, values });

describe('a person changes a server', () => {
  test('hardware, at once and past the documented ranges', async () => {
    await start();
    expect(change('a', { cpu: '32', ram: '2 GB', disk: '655', disk_type: 'SAS', pool: 'high' })).toEqual({
      kind: 'server',
      id: 900001,
      name: 'a',
    });
    expect((await sandbox.call('GET', '/server/900001')).body).toMatchObject({
      CPU: 32,
      RAM: 2048,
      HDD: 655,
      HDDType: 'SAS',
      IsHighPerformance: true,
    });
  });

  test.each([
    ['name', { name: 'Мой сервер!' }, { Name: 'Мой сервер!' }],
    ['state', { state: 'Blocked' }, { State: 'Blocked' }],
    ['address', { ip: '203.0.113.9' }, { IP: '203.0.113.9' }],
    ['no address', { ip: '' }, { IP: '' }],
    ['image', { image: 'WinServer2019x64En' }, { Image: 'WinServer2019x64En', ImageFamily: 'Windows' }],
    ['an image that is no longer offered', { image: 'Ubuntu14.04x64' }, { Image: 'Ubuntu14.04x64', ImageFamily: 'Linux' }],
    ['user', { user: 'admin' }, { AdminUserName: 'admin' }],
    ['power', { power: 'off' }, { IsPowerOn: false }],
  ])('%s', async (_reason, values, shown) => {
    await start();
    change(900001, values);
    expect((await sandbox.call('GET', '/server/900001')).body).toMatchObject(shown);
  });

  test.each([
    ['one more', { link: 'front' }, [51001, 51002]],
    ['one less', { unlink: '51001' }, []],
    ['exactly these', { networks: 'front' }, [51002]],
    ['none', { networks: 'none' }, []],
    ['the one it has', { link: 'back' }, [51001]],
  ])('networks: %s', async (_reason, values, networks) => {
    await start();
    change('a', values);
    expect(networksOf(900001)).toEqual(networks);
    expect(server(900001)?.links[0]?.type).toBe('PublicShared');
  });

  test('power reaches the host as an order of the panel does', async () => {
    const orders: string[] = [];
    const hosts: HostBackend = {
      name: 'recorded',
      start: ({ serverId }) => {
        orders.push(`start ${serverId}`);
        return { ip: '127.100.0.2' };
      },
      stop: (serverId, soft) => void orders.push(`stop ${serverId} ${soft ? 'soft' : 'hard'}`),
      reboot: (serverId) => void orders.push(`reboot ${serverId}`),
      rebuild: () => ({ ip: '127.100.0.2' }),
      delete: (serverId) => void orders.push(`delete ${serverId}`),
      close: () => undefined,
    };
    await start({ hosts });
    orders.length = 0;
    change('a', { power: 'off' });
    change('a', { power: 'on', cpu: '2' });
    sandbox.panel({ do: 'delete', target: 'a' });
    expect(orders).toEqual(['stop 900001 hard', 'start 900001', 'delete 900001']);
    expect((await sandbox.call('GET', '/server/900001')).status).toBe(404);
  });

  test('while an order of the API is under way, power waits for its turn', async () => {
    await start({ delays: 1000 });
    await sandbox.call('PUT', '/server/900001', { CPU: 4 });
    change('a', { power: 'off' });
    expect(server(900001)?.isPowerOn).toBe(true);
    sandbox.advance(1000);
    expect(server(900001)).toMatchObject({ cpu: 4, isPowerOn: false });
  });
});

describe('a person renames, deletes and creates', () => {
  test.each([
    ['server', 'a', () => sandbox.state.servers.map(({ name }) => name), ['new', 'b', 'b'], ['b', 'b'], ['b', 'b', 'more']],
    ['network', 'back', () => sandbox.state.networks.map(({ name }) => name), ['new', 'front'], ['front'], ['front', 'more']],
    ['key', 'laptop', () => sandbox.state.keys.map(({ title }) => title), ['new'], [], ['more']],
  ] as const)('a %s', async (kind, target, list, renamed, deleted, created) => {
    await start();
    sandbox.panel({ do: 'rename', kind, target, name: 'new' });
    expect(list()).toEqual(renamed);
    sandbox.panel({ do: 'delete', kind, target: 'new' });
    expect(list()).toEqual(deleted);
    sandbox.panel({ do: 'create', kind, name: 'more' });
    expect(list()).toEqual(created);
  });

  test('a new server is there at once, with what was asked for', async () => {
    await start();
    const { id } = sandbox.panel({ do: 'create', name: 'stranger', values: { cpu: '8', ram: '16 GB', networks: 'back', power: 'off' } });
    expect((await sandbox.call('GET', `/server/${id}`)).body).toMatchObject({ State: 'Active', CPU: 8, RAM: 16_384, IsPowerOn: false });
    expect(networksOf(id)).toEqual([51001]);
  });

  test('a server that waits for money is never made', async () => {
    await start();
    const { id } = sandbox.panel({ do: 'create', name: 'poor', values: { state: 'NeedMoney' } });
    sandbox.advance(60_000);
    expect(server(id)).toMatchObject({ state: 'NeedMoney', links: [] });
  });

  test('a deleted network leaves its servers', async () => {
    await start();
    sandbox.panel({ do: 'delete', kind: 'network', target: 'back' });
    expect(networksOf(900001)).toEqual([]);
  });

  test('networks and keys can be changed', async () => {
    await start();
    change('back', { name: 'x', state: 'Blocked', dhcp: 'on' }, 'network');
    change('laptop', { public_key: 'ssh-rsa BBBB' }, 'key');
    expect(sandbox.state.networks[0]).toMatchObject({ name: 'x', state: 'Blocked', dhcp: true });
    expect(sandbox.state.keys[0]).toMatchObject({ title: 'laptop', publicKey: 'ssh-rsa BBBB' });
  });
});

describe('refused, and nothing has changed:', () => {
  test.each([
    ['nothing of that name', { do: 'delete', target: 'zzz' }, 'no-such-object', 'The sandbox has no "{0}".'],
    ['two of that name', { do: 'delete', target: 'b' }, 'bad-panel', 'Several are called "{0}". Name one by its id: {1}.'],
    [
      'an unknown network beside a good name',
      { do: 'change', target: 'a', values: { name: 'x', link: 'zzz' } },
      'no-such-object',
      'The sandbox has no "{0}".',
    ],
    ['an unknown key', { do: 'change', target: 'a', values: { cpus: '2' } }, 'bad-panel', 'There is no "{0}" to set. Did you mean "{1}"?'],
    [
      'a key like none',
      { do: 'change', target: 'a', values: { constructor: '2' } },
      'bad-panel',
      'There is no "{0}" to set. There are: {1}.',
    ],
    ['a word for a number', { do: 'change', target: 'a', values: { cpu: 'many' } }, 'bad-panel', '"{0}" cannot be {1}.'],
    ['a state that does not exist', { do: 'change', target: 'a', values: { state: 'Gone' } }, 'bad-panel', '"{0}" cannot be {1}.'],
    ['a server in no data centre', { do: 'create', name: 'x', values: { dc: 'Moon' } }, 'bad-panel', 'The sandbox has no "{0}".'],
    [
      'an address for a new server',
      { do: 'create', name: 'x', values: { ip: '1.2.3.4' } },
      'bad-panel',
      'There is no "{0}" to set. There are: {1}.',
    ],
    [
      'a new server in a network that is not there',
      { do: 'create', name: 'x', values: { link: 'zzz' } },
      'no-such-object',
      'The sandbox has no "{0}".',
    ],
  ] as const)('%s', async (_reason, request, code, text) => {
    await start();
    const before = JSON.stringify({ ...sandbox.state, counters: undefined });
    expect(() => sandbox.panel(request)).toThrow(
      expect.objectContaining({ code, problem: expect.objectContaining({ text }) as unknown }) as Error,
    );
    expect(JSON.stringify({ ...sandbox.state, counters: undefined })).toBe(before);
  });
});

test('the panel is no client: its orders are neither counted nor struck by faults', async () => {
  await start({ faults: ['failed-task', 'stuck-task=PUT', 'rename-on-create'] });
  sandbox.panel({ do: 'create', name: 'x-1' });
  expect(sandbox.state.servers.at(-1)).toMatchObject({ name: 'x-1', state: 'Active' });
  expect(sandbox.requests.counts()).toEqual({});
});

test('over the control route, with the reason as data', async () => {
  await start();
  expect((await sandbox.call('POST', '/_sandbox/panel', { do: 'rename', target: 'a', name: 'z' })).body).toEqual({
    kind: 'server',
    id: 900001,
    name: 'z',
  });
  expect(await sandbox.call('POST', '/_sandbox/panel', { do: 'delete', target: 'a' })).toMatchObject({
    status: 400,
    body: { Message: 'The sandbox has no "a".', problem: { text: 'The sandbox has no "{0}".', args: ['a'] }, code: 'no-such-object' },
  });
  expect((await sandbox.call('POST', '/_sandbox/panel', { do: 'explode' })).status).toBe(400);
});
