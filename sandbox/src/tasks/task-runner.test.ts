import { afterEach, describe, expect, test } from 'vitest';
import { startTestSandbox, type TestSandbox, validServer } from '../testing/test-sandbox.ts';

let sandbox: TestSandbox;
afterEach(() => sandbox.close());

const SERVER = '/server/900001';
const seed = { servers: [{ name: 'web-1', disk: 40 }] };
const resize = (cpu: number) => ({ CPU: cpu, RAM: 1024, HDD: 40, HDDType: 'SSD', IsHighPerformance: false });
const states = async (): Promise<string[]> => {
  const { body } = await sandbox.call('GET', `${SERVER}/action`);
  return (body as { Type: string; State: string }[]).map(({ Type, State }) => `${Type} ${State}`).reverse();
};
const server = async () => (await sandbox.call('GET', SERVER)).body as Record<string, unknown>;

describe('a create', () => {
  test('is done when its time has passed, not before', async () => {
    sandbox = await startTestSandbox({ delays: { createMs: 1000 } });
    await sandbox.call('POST', '/server', validServer);
    sandbox.advance(999);
    expect(await server()).toMatchObject({ State: 'New', IsPowerOn: false, IP: '', AdminPassword: null, LinkedNetworks: [] });
    sandbox.advance(1);
    expect(await server()).toMatchObject({ State: 'Active', IsPowerOn: true, IP: '127.100.0.2', AdminUserName: 'root' });
    expect(await states()).toEqual(['Create Completed']);
  });

  test('in instant mode is New in its answer and done at the next read', async () => {
    sandbox = await startTestSandbox({ delays: 0 });
    expect((await sandbox.call('POST', '/server', validServer)).body).toMatchObject({ State: 'New' });
    expect(await server()).toMatchObject({ State: 'Active' });
  });

  test('is done in time although nobody asks', async () => {
    sandbox = await startTestSandbox({ delays: 1000 });
    await sandbox.call('POST', '/server', validServer);
    sandbox.advance(1000);
    expect(sandbox.state.servers).toMatchObject([{ state: 'Active' }]);
  });

  test('of several servers run side by side', async () => {
    sandbox = await startTestSandbox({ delays: 1000 });
    for (const Name of ['a', 'b', 'c']) await sandbox.call('POST', '/server', { ...validServer, Name });
    sandbox.advance(1000);
    const { body } = await sandbox.call('GET', '/server');
    expect((body as { State: string; IP: string }[]).map(({ State, IP }) => `${State} ${IP}`)).toEqual([
      'Active 127.100.0.2',
      'Active 127.100.0.3',
      'Active 127.100.0.4',
    ]);
  });
});

describe('tasks of one server', () => {
  test('wait for each other and are Postponed meanwhile', async () => {
    sandbox = await startTestSandbox({ seed, delays: 1000 });
    await sandbox.call('PUT', SERVER, resize(2));
    await sandbox.call('POST', `${SERVER}/action`, { Type: 'PowerOff' });
    await sandbox.call('PUT', SERVER, resize(4));
    expect(await states()).toEqual(['Resize InProgress', 'PowerOff Postponed', 'Resize Postponed']);
    sandbox.advance(1000);
    expect(await states()).toEqual(['Resize Completed', 'PowerOff InProgress', 'Resize Postponed']);
    expect(await server()).toMatchObject({ CPU: 2, IsPowerOn: true });
    sandbox.advance(2000);
    expect(await states()).toEqual(['Resize Completed', 'PowerOff Completed', 'Resize Completed']);
    expect(await server()).toMatchObject({ CPU: 4, IsPowerOn: false });
  });

  test('that end in one long step have ended each at its own time', async () => {
    sandbox = await startTestSandbox({ seed, delays: 1000 });
    await sandbox.call('PUT', SERVER, resize(2));
    await sandbox.call('POST', `${SERVER}/action`, { Type: 'PowerOff' });
    sandbox.advance(60_000);
    const { body } = await sandbox.call('GET', `${SERVER}/action`);
    expect(body).toMatchObject([
      { StartDate: '2023-05-20T12:00:01', EndDate: '2023-05-20T12:00:02' },
      { StartDate: '2023-05-20T12:00:00', EndDate: '2023-05-20T12:00:01' },
    ]);
  });

  test('queue behind its creation', async () => {
    sandbox = await startTestSandbox({ delays: 1000 });
    await sandbox.call('POST', '/server', validServer);
    await sandbox.call('POST', `${SERVER}/action`, { Type: 'PowerOff' });
    expect(await states()).toEqual(['Create InProgress', 'PowerOff Postponed']);
    sandbox.advance(2000);
    expect(await server()).toMatchObject({ State: 'Active', IsPowerOn: false });
  });

  test('go with the server', async () => {
    sandbox = await startTestSandbox({ seed, delays: 1000 });
    await sandbox.call('DELETE', SERVER);
    await sandbox.call('PUT', SERVER, resize(2));
    sandbox.advance(1000);
    expect([sandbox.state.servers, sandbox.state.actions, sandbox.state.tasks]).toEqual([[], [], []]);
  });

  test('a delete asked for twice is one', async () => {
    sandbox = await startTestSandbox({ seed, delays: 1000 });
    expect([(await sandbox.call('DELETE', SERVER)).status, (await sandbox.call('DELETE', SERVER)).status]).toEqual([200, 200]);
    expect(await states()).toEqual(['Delete InProgress']);
  });
});

describe('task faults', () => {
  test('stuck-task: stays InProgress until the fault is cleared', async () => {
    sandbox = await startTestSandbox({ seed, delays: 1000, faults: ['stuck-task=PUT,times=1'] });
    await sandbox.call('PUT', SERVER, resize(2));
    sandbox.advance(86_400_000);
    expect(await states()).toEqual(['Resize InProgress']);
    sandbox.faults.clear('stuck-task');
    expect(await states()).toEqual(['Resize Completed']);
    expect(await server()).toMatchObject({ CPU: 2 });
  });

  test('stuck-task: holds up what comes after, but not a delete', async () => {
    sandbox = await startTestSandbox({ seed, delays: 1000, faults: ['stuck-task=PUT,times=1'] });
    await sandbox.call('PUT', SERVER, resize(2));
    await sandbox.call('POST', `${SERVER}/action`, { Type: 'PowerOff' });
    sandbox.advance(60_000);
    expect(await states()).toEqual(['Resize InProgress', 'PowerOff Postponed']);
    await sandbox.call('DELETE', SERVER);
    sandbox.advance(60_000);
    expect((await sandbox.call('GET', SERVER)).status).toBe(404);
  });

  test('postponed: waits first, then runs its time', async () => {
    sandbox = await startTestSandbox({ seed, delays: 1000, faults: ['postponed=ms=500'] });
    expect((await sandbox.call('PUT', SERVER, resize(2))).body).toMatchObject({ State: 'Postponed' });
    sandbox.advance(500);
    expect(await states()).toEqual(['Resize InProgress']);
    sandbox.advance(999);
    expect(await states()).toEqual(['Resize InProgress']);
    sandbox.advance(1);
    expect(await states()).toEqual(['Resize Completed']);
  });

  test('failed-task: ends Failed and changes nothing', async () => {
    sandbox = await startTestSandbox({ seed, delays: 1000, faults: ['failed-task=PUT'] });
    await sandbox.call('PUT', SERVER, resize(2));
    sandbox.advance(1000);
    expect(await states()).toEqual(['Resize Failed']);
    expect(await server()).toMatchObject({ CPU: 1 });
  });

  test('failed-task: a failed delete leaves the server Active', async () => {
    sandbox = await startTestSandbox({ seed, delays: 1000, faults: ['failed-task=DELETE', 'delete-shows-deleting'] });
    await sandbox.call('DELETE', SERVER);
    expect(await server()).toMatchObject({ State: 'Deleting' });
    sandbox.advance(1000);
    expect(await server()).toMatchObject({ State: 'Active' });
  });

  test('a network can be stuck as well', async () => {
    sandbox = await startTestSandbox({ delays: 1000, faults: ['stuck-task=POST /network'] });
    await sandbox.call('POST', '/network', { Name: 'back' });
    sandbox.advance(60_000);
    expect((await sandbox.call('GET', '/network/51001')).body).toMatchObject({ State: 'New' });
    sandbox.faults.clear();
    expect((await sandbox.call('GET', '/network/51001')).body).toMatchObject({ State: 'Active' });
  });
});
