import { describe, expect, test } from 'vitest';
import type { CloudErrorCode } from '#core/ports/cloud-provider.ts';
import { accept, createActiveServer, ignore, serverSpec, signal, startSandboxCloud } from './sandbox-cloud.ts';

const seed = { servers: [{ name: 'web-1' }], networks: [{ name: 'back' }] };
const SERVER = 900_001;
const bigger = { cpu: 2, ramMb: 2048, diskGb: 30, diskType: 'SSD', pool: 'base' } as const;

/** A sandbox with one server, whose id this checks. */
async function startWithServer(options: Parameters<typeof startSandboxCloud>[0] = {}) {
  const cloud = await startSandboxCloud({ ...options, sandbox: { seed, ...options.sandbox } });
  expect(cloud.sandbox.state.servers.map(({ id }) => id)).toEqual([SERVER]);
  return cloud;
}

describe('reads', () => {
  test.each([
    ['429', 'rate-limit=GET /server,times=2,retry-after=0'],
    ['500 with a web page', 'server-error=GET /server,times=2'],
    ['503', 'server-error=GET /server,times=2,status=503'],
    ['a reset', 'reset-before-accept=GET /server,times=2'],
    ['a reset after the work was done', 'reset-after-accept=GET /server,times=2'],
  ])('%s passes', async (_reason, fault) => {
    const { provider, sandbox } = await startWithServer({ sandbox: { faults: [fault] } });
    expect((await provider.listServers(signal)).items).toHaveLength(1);
    expect(sandbox.requests.counts()['GET /server']).toBe(3);
  });

  test.each<[string, string, CloudErrorCode]>([
    ['a broken server', 'server-error=GET /server', 'server-error'],
    ['a limit that never ends', 'rate-limit=GET /server,retry-after=0', 'rate-limited'],
    ['resets', 'reset-before-accept=GET /server', 'network'],
    ['an empty answer', 'empty-body=GET /server', 'invalid-answer'],
    ['an answer that is no JSON', 'non-json=GET /server', 'invalid-answer'],
  ])('%s is told after all tries', async (_reason, fault, code) => {
    const { provider } = await startWithServer({ sandbox: { faults: [fault] } });
    await expect(provider.listServers(signal)).rejects.toMatchObject({ code });
  });

  test('Retry-After is waited for', async () => {
    const { provider, sandbox } = await startWithServer({ sandbox: { faults: ['rate-limit=GET /server,times=1,retry-after=1'] } });
    await provider.listServers(signal);
    const [first, second] = sandbox.requests.recent();
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(990);
  });

  test('a slow answer is a timeout', async () => {
    const { provider } = await startWithServer({
      sandbox: { faults: ['slow=GET /server,ms=2000'] },
      settings: { requestTimeoutMs: 50, attempts: 2 },
    });
    await expect(provider.listServers(signal)).rejects.toMatchObject({ code: 'timeout', details: { request: 'GET /server' } });
  });

  test('a web page that says 404 does not make a server vanish', async () => {
    const { provider } = await startWithServer({ sandbox: { faults: ['html-error=GET /server/{id}'] } });
    await expect(provider.readServer(424_242, signal)).rejects.toMatchObject({ code: 'invalid-answer' });
  });
});

describe('writes', () => {
  test.each([
    ['429', 'rate-limit=POST /server,times=2,retry-after=0'],
    ['503', 'server-error=POST /server,times=2,status=503'],
  ])('%s was not carried out, so it is repeated', async (_reason, fault) => {
    const { provider, sandbox } = await startSandboxCloud({ sandbox: { faults: [fault] } });
    await provider.createServer(serverSpec(), signal);
    expect(sandbox.requests.counts()['POST /server']).toBe(3);
    expect(sandbox.state.servers).toHaveLength(1);
  });

  test.each([
    ['a reset after it was accepted', 'reset-after-accept=POST /server', 1],
    ['a reset before, which looks the same', 'reset-before-accept=POST /server', 0],
    ['500 with a web page', 'server-error=POST /server', 0],
    ['a gateway’s timeout', 'server-error=POST /server,status=504', 0],
    ['an empty answer', 'empty-body=POST /server', 1],
    ['an answer that is no JSON', 'non-json=POST /server', 1],
  ])('create: %s is a lost answer, and it is sent once', async (_reason, fault, count) => {
    const { provider, sandbox } = await startSandboxCloud({ sandbox: { faults: [fault] } });
    await expect(provider.createServer(serverSpec(), signal)).rejects.toMatchObject({ code: 'answer-lost' });
    expect(sandbox.requests.counts()['POST /server']).toBe(1);
    expect(sandbox.state.servers).toHaveLength(count);
  });

  test('create: a slow answer is a lost one', async () => {
    const { provider } = await startSandboxCloud({ sandbox: { faults: ['slow=POST /server,ms=500'] }, settings: { requestTimeoutMs: 50 } });
    await expect(provider.createServer(serverSpec(), signal)).rejects.toMatchObject({ code: 'answer-lost' });
  });

  test.each([
    ['empty', 'empty-body=PUT /server/{id}'],
    ['no JSON', 'non-json=PUT /server/{id}'],
  ])('resize: an answer that is %s is success, seen by its values', async (_reason, fault) => {
    const { provider } = await startWithServer({ sandbox: { faults: [fault] } });
    expect(await provider.resizeServer(SERVER, bigger, accept, ignore, signal)).toMatchObject(bigger);
  });

  test.each([
    ['empty', 'empty-body=DELETE /server/{id}'],
    ['no JSON', 'non-json=DELETE /server/{id}'],
    ['shown as "Deleting" for a while', 'delete-shows-deleting'],
  ])('delete: an answer that is %s is success', async (_reason, fault) => {
    const { provider } = await startWithServer({ sandbox: { faults: [fault] } });
    await provider.deleteServer(SERVER, ignore, ignore, signal);
    expect(await provider.listServers(signal)).toEqual({ items: [], unreadable: [] });
  });

  test.each([
    'reset-after-accept=PUT /server/{id}',
    'reset-after-accept=POST /server/{id}/action',
    'reset-after-accept=DELETE /server/{id}',
  ])('%s: the caller reads again', async (fault) => {
    const { provider } = await startWithServer({ sandbox: { faults: [fault] } });
    const write = fault.includes('PUT')
      ? provider.resizeServer(SERVER, bigger, accept, ignore, signal)
      : fault.includes('DELETE')
        ? provider.deleteServer(SERVER, ignore, ignore, signal)
        : provider.setPower(SERVER, 'off', accept, ignore, signal);
    await expect(write).rejects.toMatchObject({ code: 'answer-lost' });
  });

  test('writes follow each other, one at a time, with their least time between', async () => {
    const { provider, sandbox } = await startSandboxCloud({ settings: { writeIntervalMs: 60 } });
    await Promise.all([1, 2, 3, 4].map((index) => provider.createServer(serverSpec({ name: `web-${index}` }), signal)));
    const times = sandbox.requests.recent().map(({ atMs }) => atMs);
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    // A little less, as the sandbox sees requests arrive and not leave.
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(40);
  });
});

describe('tasks', () => {
  test('a failed one', async () => {
    const { provider } = await startWithServer({ sandbox: { faults: ['failed-task'] } });
    await expect(provider.resizeServer(SERVER, bigger, accept, ignore, signal)).rejects.toMatchObject({
      code: 'task-failed',
      details: { providerMessage: 'Failed' },
    });
  });

  test('a stuck one ends with the user’s patience', async () => {
    const { provider } = await startWithServer({ sandbox: { faults: ['stuck-task'] }, settings: { taskTimeoutMs: 150 } });
    await expect(provider.resizeServer(SERVER, bigger, accept, ignore, signal)).rejects.toMatchObject({
      code: 'task-timeout',
      details: { providerMessage: 'InProgress' },
    });
  });

  test('a postponed one is waited for', async () => {
    const { provider } = await startWithServer({ sandbox: { faults: ['postponed=ms=100'] } });
    const told = new Set<string>();
    expect(await provider.resizeServer(SERVER, bigger, accept, (state) => told.add(state), signal)).toMatchObject(bigger);
    expect(told).toContain('Postponed');
  });

  test('a new server without money', async () => {
    const { provider } = await startSandboxCloud({ sandbox: { faults: ['need-money'] } });
    const { id } = await provider.createServer(serverSpec(), signal);
    await expect(provider.awaitServer(id, ignore, signal)).rejects.toMatchObject({ code: 'need-money' });
  });

  test('a new server that somebody deletes', async () => {
    const { provider } = await startSandboxCloud({
      sandbox: { delays: { createMs: 60_000, deleteMs: 0 }, faults: ['stuck-task=POST /server'] },
      appearMs: 50,
    });
    const { id } = await provider.createServer(serverSpec(), signal);
    const waiting = provider.awaitServer(id, ignore, signal);
    await Promise.all([expect(waiting).rejects.toMatchObject({ code: 'vanished' }), provider.deleteServer(id, ignore, ignore, signal)]);
  });

  test('a blocked server', async () => {
    const { provider } = await startWithServer({ sandbox: { seed: { servers: [{ name: 'web-1', state: 'Blocked' }] } } });
    await expect(provider.awaitServer(SERVER, ignore, signal)).rejects.toMatchObject({ code: 'blocked' });
  });

  test('a guest that does not shut down has its power cut', async () => {
    const { provider, sandbox } = await startWithServer({
      sandbox: { faults: ['failed-task=POST /server/{id}/action,times=1'] },
      shutdownGraceMs: 100,
    });
    expect(await provider.setPower(SERVER, 'off', accept, ignore, signal)).toMatchObject({ isPowerOn: false });
    expect(sandbox.requests.counts()['POST /server/{id}/action']).toBe(2);
  });

  test('a wait survives a bad minute of the network', async () => {
    const cloud = await startSandboxCloud({ settings: { attempts: 1 } });
    const { id } = await cloud.provider.createServer(serverSpec(), signal);
    cloud.sandbox.faults.set('reset-before-accept=GET /server/{id},times=2');
    expect(await cloud.provider.awaitServer(id, ignore, signal)).toMatchObject({ state: 'active' });
  });

  test('cancelled while it waits, it ends at once and the task goes on', async () => {
    const { provider, sandbox } = await startWithServer({ sandbox: { delays: 60_000 } });
    const stop = new AbortController();
    const resizing = provider.resizeServer(SERVER, bigger, accept, () => stop.abort(), stop.signal);
    await expect(resizing).rejects.toMatchObject({ code: 'aborted' });
    expect(sandbox.state.tasks).toHaveLength(1);
  });

  test('a network in use cannot be deleted', async () => {
    const cloud = await startSandboxCloud({ sandbox: { seed } });
    const [network] = (await cloud.provider.listNetworks(signal)).items;
    const { id } = await createActiveServer(cloud, { name: 'web-2' });
    await cloud.provider.linkNetwork(id, network?.id ?? 0, accept, ignore, signal);
    const deleting = cloud.provider.deleteNetwork(network?.id ?? 0, ignore, ignore, signal);
    await expect(deleting).rejects.toMatchObject({ name: 'CloudError', details: { request: `DELETE /network/${network?.id}` } });
  });
});
