import { afterEach, describe, expect, test } from 'vitest';
import { startTestSandbox, type TestSandbox, validServer } from '../testing/test-sandbox.ts';

let sandbox: TestSandbox;
afterEach(() => sandbox.close());
const seed = { networks: [{ name: 'back' }], ssh_keys: [{ title: 'laptop', public_key: 'ssh-rsa AAAA me' }], servers: [{ name: 'a' }, { name: 'b' }, { name: 'c' }] }; // prettier-ignore
const start = async (...faults: string[]) => (sandbox = await startTestSandbox({ delays: 0, faults, seed }));
const read = async (path: string) => (await sandbox.call('GET', path)).body as Record<string, unknown>[];
const names = async () => (await read('/server')).map((row) => row['Name']);

describe('a list', () => {
  test.each([
    ['without one server by id, once', 'list-omits=GET /server,id=900002,times=1', ['a', 'c'], ['a', 'b', 'c']],
    ['without one by name', 'list-omits=name=a', ['b', 'c'], ['b', 'c']],
    ['cut to two rows', 'list-cut=rows=2', ['a', 'b'], ['a', 'b']],
    ['cut to one row where nothing is said', 'list-cut', ['a'], ['a']],
    ['empty every second time', 'list-empty=every=2', ['a', 'b', 'c'], []],
    ['with every object twice', 'list-twice=times=1', ['a', 'a', 'b', 'b', 'c', 'c'], ['a', 'b', 'c']],
    ['in reverse', 'list-reversed', ['c', 'b', 'a'], ['c', 'b', 'a']],
  ])('%s', async (_reason, fault, first, second) => {
    await start(fault);
    expect([await names(), await names()]).toEqual([first, second]);
    expect(sandbox.state.servers).toHaveLength(3);
  });

  test('that leaves a server out, while GET by its id has it', async () => {
    await start('list-omits=id=900001');
    expect((await sandbox.call('GET', '/server/900001')).body).toMatchObject({ Name: 'a' });
  });

  test('several faults at once: left out, cut and doubled', async () => {
    await start('list-omits=id=900001', 'list-omits=name=c', 'list-twice', 'list-cut=rows=1');
    expect(await names()).toEqual(['b', 'b']);
  });

  test('empty for everything of the account, but the catalogue is whole', async () => {
    await start('list-empty');
    for (const path of ['/server', '/network', '/sshkey']) expect(await read(path)).toEqual([]);
    for (const path of ['/image', '/dcLocation']) expect((await read(path)).length).toBeGreaterThan(5);
  });

  test('of the catalogue is empty when its path is named', async () => {
    await start('list-empty=/image');
    expect(await read('/image')).toEqual([]);
    expect(await names()).toHaveLength(3);
  });
});

describe('a list that lags', () => {
  test('shows neither a new server nor a deletion nor a change before its time, while GET by id does', async () => {
    await start('list-lag=GET /server,ms=5000');
    expect(await names()).toEqual(['a', 'b', 'c']);
    await sandbox.call('POST', '/server', validServer);
    await sandbox.call('DELETE', '/server/900001');
    await sandbox.call('PUT', '/server/900002', { CPU: 4 });
    sandbox.advance(4_999);
    expect(await names()).toEqual(['a', 'b', 'c']);
    expect((await read('/server'))[1]).toMatchObject({ CPU: 1 });
    expect((await sandbox.call('GET', '/server/900004')).body).toMatchObject({ Name: 'web-1', State: 'Active' });
    expect((await sandbox.call('GET', '/server/900001')).status).toBe(404);
    sandbox.advance(10_000);
    expect(await names()).toEqual(['b', 'c', 'web-1']);
    expect((await read('/server'))[0]).toMatchObject({ CPU: 4 });
  });

  test('lags behind what the panel does as well, from the moment the fault was set', async () => {
    await start();
    sandbox.faults.set('list-lag=ms=5000');
    sandbox.panel({ do: 'delete', target: 'a' });
    expect(await names()).toEqual(['a', 'b', 'c']);
    sandbox.advance(5_000);
    expect(await names()).toEqual(['b', 'c']);
  });

  test('is up to date again when the fault is cleared', async () => {
    await start('list-lag');
    await sandbox.call('POST', '/server', validServer);
    expect(await names()).toHaveLength(3);
    sandbox.faults.clear();
    expect(await names()).toHaveLength(4);
  });

  test('the other way round: GET by id lags behind the list', async () => {
    await start('object-lag=ms=5000');
    await sandbox.call('POST', '/server', validServer);
    expect(await names()).toHaveLength(4);
    expect((await sandbox.call('GET', '/server/900004')).status).toBe(404);
    sandbox.advance(5_000);
    expect((await sandbox.call('GET', '/server/900004')).status).toBe(200);
  });

  test('a lost create shows only after the lag: reset-after-accept beside list-lag', async () => {
    await start('reset-after-accept=POST /server,times=1', 'list-lag=ms=15000');
    await expect(sandbox.call('POST', '/server', validServer)).rejects.toThrow();
    sandbox.advance(14_000);
    expect(await names()).toHaveLength(3);
    sandbox.advance(1_000);
    expect(await names()).toEqual(['a', 'b', 'c', 'web-1']);
  });

  test.each([
    ['/network', { Name: 'new' }],
    ['/sshkey', { Title: 'new', PublicKey: 'ssh-rsa AAAA' }],
  ])('%s lags as well', async (path, body) => {
    await start(`list-lag=${path},ms=1000`);
    await sandbox.call('POST', path, body);
    expect(await read(path)).toHaveLength(1);
    sandbox.advance(1_000);
    expect(await read(path)).toHaveLength(2);
  });
});

describe('a row that cannot be read', () => {
  test.each([
    ['the first without a name', 'unreadable-row', [{ Name: null }, { Name: 'b' }, { Name: 'c' }]],
    ['one by its id without CPU', 'unreadable-row=id=900002,as=no-cpu', [{ CPU: 1 }, expect.not.objectContaining({ CPU: 1 }), { CPU: 1 }]],
    ['an id that is a text', 'unreadable-row=name=c,as=text-id', [{ ID: 900001 }, { ID: 900002 }, { ID: 'srv-900003' }]],
    ['a row that is a text', 'unreadable-row=as=string', ['#900001', { ID: 900002 }, { ID: 900003 }]],
  ])('%s', async (_reason, fault, rows) => {
    await start(fault);
    expect(await read('/server')).toMatchObject(rows);
  });

  test('also when it is asked for by its id, and only that one', async () => {
    await start('unreadable-row=id=900002');
    expect((await sandbox.call('GET', '/server/900002')).body).toMatchObject({ Name: null });
    expect((await sandbox.call('GET', '/server/900001')).body).toMatchObject({ Name: 'a' });
  });
});

describe('the catalogue', () => {
  test('loses an image; its servers keep it, and nothing is made from it any more', async () => {
    await start('image-withdrawn=name=Ubuntu20.04x64', 'image-withdrawn=name=VyOS');
    const images = (await read('/image')).map((row) => row['Name']);
    expect(images).not.toContain('Ubuntu20.04x64');
    expect(images).not.toContain('VyOS');
    expect(await read('/server')).toMatchObject([{ Image: 'Ubuntu20.04x64' }, {}, {}]);
    expect(await sandbox.call('POST', '/server', validServer)).toMatchObject({ status: 400, body: { ModelState: { ImageID: [expect.any(String)] } } }); // prettier-ignore
    expect((await sandbox.call('PUT', '/server/900001', { CPU: 2 })).status).toBe(200);
  });

  test('loses a data centre; its servers stay in it, and a new one falls back to another', async () => {
    await start('dc-withdrawn=name=SdnSpb');
    expect((await read('/dcLocation')).map((row) => row['TechTitle'])).not.toContain('SdnSpb');
    expect(await read('/server')).toMatchObject([{ DCLocation: 'SdnSpb' }, {}, {}]);
    const created = await sandbox.call('POST', '/server', { ...validServer, IsHighPerformance: true });
    expect(created.body).toMatchObject({ DCLocation: 'SdnSpb2' });
  });
});

describe('the key of another project', () => {
  test('has the same account, other project ids, empty lists and a whole catalogue', async () => {
    await start();
    const account = (await sandbox.call('GET', '/account')).body;
    sandbox.faults.set('other-project');
    expect((await sandbox.call('GET', '/account')).body).toMatchObject({ ...(account as object), ProjectBalances: [{ ProjectId: 3001 }] });
    expect((await sandbox.call('GET', '/project')).body).toMatchObject({ Balances: [{ ProjectId: 3001 }] });
    for (const path of ['/server', '/network', '/sshkey']) expect(await read(path)).toEqual([]);
    expect((await sandbox.call('GET', '/server/900001')).status).toBe(404);
    expect((await read('/image')).length).toBeGreaterThan(5);
  });

  test('reaches nothing of the first project, and works with what it makes itself', async () => {
    await start();
    sandbox.faults.set('other-project');
    for (const [method, path, body] of [
      ['DELETE', '/server/900001', undefined],
      ['PUT', '/server/900001', { CPU: 4 }],
      ['POST', '/server/900001/action', { Type: 'PowerOff' }],
      ['DELETE', '/sshkey/3001', undefined],
    ] as const) {
      expect((await sandbox.call(method, path, body)).status).toBe(404);
    }
    expect(sandbox.state).toMatchObject({ servers: [{ id: 900001, cpu: 1 }, {}, {}], keys: [{ id: 3001 }], tasks: [] });
    const created = (await sandbox.call('POST', '/server', validServer)).body as { ID: number };
    expect(await names()).toEqual(['web-1']);
    expect((await sandbox.call('DELETE', `/server/${created.ID}`)).status).toBe(200);
    expect(await names()).toEqual([]);
  });

  test('without the fault, account and project name the same project', async () => {
    await start();
    expect((await sandbox.call('GET', '/account')).body).toMatchObject({ ID: 1001, ProjectBalances: [{ ProjectId: 2001 }] });
    expect((await sandbox.call('GET', '/project')).body).toMatchObject({ Balances: [{ ProjectId: 2001, Balance: { Real: 10_000 } }] });
  });
});
