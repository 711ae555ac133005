import { afterEach, describe, expect, test } from 'vitest';
import { startTestSandbox, type TestSandbox, validServer } from '#sandbox/testing/test-sandbox.ts';

let sandbox: TestSandbox;
afterEach(() => sandbox.close());
const start = async (...faults: string[]) => (sandbox = await startTestSandbox({ delays: 0, faults, seed: { servers: [{ name: 'a' }] } }));
const names = () => sandbox.state.servers.map(({ name }) => name);

/** How fetch puts a connection that was cut. */
const reset = expect.objectContaining({ cause: expect.objectContaining({ code: 'ECONNRESET' }) as unknown }) as unknown;

test('reset-after-accept: no answer comes, yet the server is there; sending again makes a second one', async () => {
  await start('reset-after-accept=POST /server,times=1');
  await expect(sandbox.call('POST', '/server', validServer)).rejects.toEqual(reset);
  expect(names()).toEqual(['a', 'web-1']);
  expect((await sandbox.call('POST', '/server', validServer)).status).toBe(200);
  expect(names()).toEqual(['a', 'web-1', 'web-1']);
});

test('reset-before-accept: no answer comes and nothing happened', async () => {
  await start('reset-before-accept=POST,times=1');
  await expect(sandbox.call('POST', '/server', validServer)).rejects.toEqual(reset);
  expect(names()).toEqual(['a']);
});

test('reset-after-accept strikes refused requests not at all', async () => {
  await start('reset-after-accept');
  expect((await sandbox.call('POST', '/server', {})).status).toBe(400);
});

test('rate-limit: 429 with Retry-After, every n-th time', async () => {
  await start('rate-limit=every=2,retry-after=7');
  const answers = [];
  for (let times = 0; times < 4; times++) answers.push(await sandbox.call('GET', '/server'));
  expect(answers.map(({ status }) => status)).toEqual([200, 429, 200, 429]);
  expect(answers[1]?.headers.get('retry-after')).toBe('7');
  expect(answers[1]?.body).toEqual({ Message: 'Too many requests.' });
});

test('a write refused by rate-limit was not accepted', async () => {
  await start('rate-limit=POST,times=1');
  expect((await sandbox.call('POST', '/server', validServer)).status).toBe(429);
  expect(names()).toEqual(['a']);
});

test.each([
  ['server-error=times=1', 500],
  ['server-error=status=502,times=1', 502],
])('%s: a page instead of JSON, then all is well', async (fault, status) => {
  await start(fault);
  const answer = await sandbox.call('GET', '/server');
  expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'text/html; charset=utf-8']);
  expect(answer.text).toMatch(/^<!DOCTYPE html>/);
  expect((await sandbox.call('GET', '/server')).status).toBe(200);
});

test('html-error: the API’s own refusal as a page, with its status', async () => {
  await start('html-error');
  const answer = await sandbox.call('GET', '/server/1');
  expect([answer.status, answer.text.startsWith('<!DOCTYPE html>')]).toEqual([404, true]);
  expect((await sandbox.call('GET', '/server')).status).toBe(200);
});

describe('spoiled answers of writes that were carried out', () => {
  test.each([
    ['empty-body=POST', ''],
    ['non-json=POST', 'OK'],
  ])('%s', async (fault, text) => {
    await start(fault);
    expect(await sandbox.call('POST', '/server', validServer)).toMatchObject({ status: 200, text });
    expect(names()).toEqual(['a', 'web-1']);
  });
});

test('slow: a client that gives up has still had its write accepted', async () => {
  await start('slow=POST,ms=100');
  const request = fetch(`${sandbox.endpoint}/server`, {
    method: 'POST',
    headers: { authorization: `Bearer ${sandbox.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(validServer),
    signal: AbortSignal.timeout(20),
  });
  await expect(request).rejects.toMatchObject({ name: 'TimeoutError' });
  await expect.poll(names).toEqual(['a', 'web-1']);
});

test('requests are counted and heard even when they are refused or cut', async () => {
  const heard: string[] = [];
  sandbox = await startTestSandbox({
    faults: ['reset-before-accept=PUT', 'rate-limit=DELETE'],
    onRequest: ({ method, kind }) => heard.push(`${method} ${kind}`),
  });
  await sandbox.call('GET', '/server', undefined, { authorization: '' });
  await sandbox.call('PUT', '/server/1', {}).catch(() => undefined);
  await sandbox.call('DELETE', '/server/1');
  expect(heard).toEqual(['GET /server', 'PUT /server/{id}', 'DELETE /server/{id}']);
  expect(sandbox.requests.counts()).toEqual({ 'GET /server': 1, 'PUT /server/{id}': 1, 'DELETE /server/{id}': 1 });
});
