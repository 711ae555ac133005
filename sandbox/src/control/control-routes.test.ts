import { afterEach, describe, expect, test } from 'vitest';
import { startTestSandbox, type TestSandbox, validServer } from '../testing/test-sandbox.ts';
import { sandboxStatus } from './sandbox-status.ts';

let sandbox: TestSandbox;
afterEach(() => sandbox.close());

test('the status says what is there and what was asked', async () => {
  sandbox = await startTestSandbox({ delays: 1000, faults: ['slow=PUT,ms=1'], seed: { networks: [{ name: 'a' }] } });
  await sandbox.call('POST', '/server', validServer);
  await sandbox.call('POST', '/Server/900001/Action/', { Type: 'PowerOff' });
  sandbox.advance(400);
  for (let times = 0; times < 3; times++) await sandbox.call('GET', '/Server/900001/');
  const status = sandboxStatus.parse((await sandbox.call('GET', '/_sandbox/status')).body);
  expect(status).toEqual({
    version: 1,
    pid: process.pid,
    endpoint: sandbox.endpoint,
    startedAt: '2023-05-20T09:00:00.000Z',
    now: '2023-05-20T09:00:00.400Z',
    hosts: 'none',
    servers: 1,
    networks: 1,
    keys: 0,
    tasks: [
      { subject: 'server 900001', work: 'create', phase: 'running', dueInMs: 600 },
      { subject: 'server 900001', work: 'power', phase: 'queued', dueInMs: null },
    ],
    requests: { 'GET /server/{id}': 3, 'POST /server': 1, 'POST /server/{id}/action': 1 },
    faults: [{ fault: 'slow=PUT,ms=1', matched: 0, struck: 0 }],
  });
  expect(JSON.stringify(status)).not.toContain(sandbox.token);
});

test('the log has each request with its status, cut ones too, and none to the sandbox itself', async () => {
  sandbox = await startTestSandbox({ faults: ['reset-before-accept=PUT', 'rate-limit=DELETE'] });
  await sandbox.call('GET', '/Server/');
  sandbox.advance(1_500);
  await sandbox.call('PUT', '/server/1', {}).catch(() => undefined);
  await sandbox.call('DELETE', '/server/1');
  await sandbox.call('GET', '/server', undefined, { authorization: '' });
  const log = (await sandbox.call('GET', '/_sandbox/log')).body;
  const later = '2023-05-20T09:00:01.500Z';
  expect(log).toEqual([
    { at: '2023-05-20T09:00:00.000Z', method: 'GET', path: '/server', kind: '/server', status: 200, isCut: false },
    { at: later, method: 'PUT', path: '/server/1', kind: '/server/{id}', status: null, isCut: true },
    { at: later, method: 'DELETE', path: '/server/1', kind: '/server/{id}', status: 429, isCut: false },
    { at: later, method: 'GET', path: '/server', kind: '/server', status: 401, isCut: false },
  ]);
});

test('control needs the token', async () => {
  sandbox = await startTestSandbox();
  const answer = await sandbox.call('POST', '/_sandbox/shutdown', {}, { authorization: 'Bearer wrong' });
  expect(answer.status).toBe(401);
});

test('control is never struck by a fault', async () => {
  sandbox = await startTestSandbox({ faults: ['server-error'] });
  expect((await sandbox.call('GET', '/server')).status).toBe(500);
  expect((await sandbox.call('GET', '/_sandbox/status')).status).toBe(200);
});

describe('faults', () => {
  test('are cleared first, then set', async () => {
    sandbox = await startTestSandbox({ faults: ['slow', 'non-json'] });
    const set = await sandbox.call('POST', '/_sandbox/faults', { clear: ['slow'], set: ['rate-limit=GET,times=2'] });
    expect(set.body).toEqual([
      { fault: 'non-json', matched: 0, struck: 0 },
      { fault: 'rate-limit=GET,times=2', matched: 0, struck: 0 },
    ]);
    expect((await sandbox.call('GET', '/_sandbox/faults')).body).toEqual(set.body);
    expect((await sandbox.call('POST', '/_sandbox/faults', { clear: true })).body).toEqual([]);
  });

  test.each([
    ['a misspelt fault', { set: ['slow', 'slw'] }, 'There is no fault "slw". Did you mean "slow"?'],
    ['a misspelt name to clear', { clear: ['slw'] }, 'There is no fault "slw". Did you mean "slow"?'],
    ['a rule where a name belongs', { clear: ['slow=GET'] }, 'Expected the name of a fault alone.'],
    ['another shape', { faults: [] }, 'Expected {"set": ["NAME=…"], "clear": ["NAME"] or true}.'],
  ])('%s changes nothing', async (_reason, body, Message) => {
    sandbox = await startTestSandbox({ faults: ['non-json=PUT'] });
    expect(await sandbox.call('POST', '/_sandbox/faults', body)).toMatchObject({ status: 400, body: { Message } });
    expect(sandbox.faults.list().map(({ fault }) => fault)).toEqual(['non-json=PUT']);
  });
});

test('advance lets time pass', async () => {
  sandbox = await startTestSandbox({ delays: 60_000 });
  await sandbox.call('POST', '/server', validServer);
  expect((await sandbox.call('POST', '/_sandbox/advance', { ms: 60_000 })).body).toMatchObject({ tasks: [] });
  expect((await sandbox.call('GET', '/server/900001')).body).toMatchObject({ State: 'Active' });
  expect((await sandbox.call('POST', '/_sandbox/advance', { ms: -1 })).status).toBe(400);
});

test('reset goes back to the seed, forgets the counts and keeps the faults', async () => {
  sandbox = await startTestSandbox({ seed: { servers: [{ name: 'a' }] }, faults: ['strict-dc'] });
  await sandbox.call('POST', '/server', validServer);
  expect((await sandbox.call('POST', '/_sandbox/reset')).body).toMatchObject({
    servers: 1,
    tasks: [],
    requests: {},
    faults: [{ fault: 'strict-dc' }],
  });
  expect(sandbox.state.servers.map(({ name }) => name)).toEqual(['a']);
});

test('shutdown answers first, then stops', async () => {
  sandbox = await startTestSandbox();
  expect((await sandbox.call('POST', '/_sandbox/shutdown')).status).toBe(200);
  await sandbox.closed;
  await expect(sandbox.call('GET', '/server')).rejects.toThrow();
});

test('a bad fault or a taken port keeps a sandbox from starting', async () => {
  sandbox = await startTestSandbox();
  await expect(startTestSandbox({ faults: ['slw'] })).rejects.toMatchObject({ code: 'bad-fault' });
  await expect(startTestSandbox({ port: sandbox.port })).rejects.toMatchObject({ code: 'port-taken' });
});

test('it listens on loopback, with a token of 64 hexadecimal digits', async () => {
  sandbox = await startTestSandbox();
  expect(sandbox.endpoint).toBe(`http://127.0.0.1:${sandbox.port}`);
  expect(sandbox.token).toMatch(/^[0-9a-f]{64}$/);
});
