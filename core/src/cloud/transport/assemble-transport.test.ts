import { expect, test } from 'vitest';
import { CloudError } from '#core/ports/cloud-provider.ts';
import { answer, fakeSend, request, type Reaction } from '#test/cloud/fake-send.ts';
import { createRecordingLogger } from '#test/cloud/recording-logger.ts';
import { createScriptedClock } from '#test/cloud/scripted-clock.ts';
import { assembleTransport } from './assemble-transport.ts';

const settings = { readIntervalMs: 100, writeIntervalMs: 1000, requestTimeoutMs: 30_000, attempts: 3, maxBackoffMs: 8000 };

function start(...reactions: readonly Reaction[]) {
  const clock = createScriptedClock(0);
  const logger = createRecordingLogger();
  const { send, requests } = fakeSend(...reactions);
  return { clock, logger, requests, call: assembleTransport({ clock, logger, settings, random: () => 0, send }) };
}

test('a read that fails in passing is repeated, and one line tells the end of it', async () => {
  const { call, logger, requests } = start(answer(500, '<html>oops</html>'), new CloudError('network', 'cut'), answer(200, 'ok'));
  expect((await call(request())).text).toBe('ok');
  expect(requests).toHaveLength(3);
  expect(logger.lines.map((line) => line.split(' {')[0])).toEqual([
    'warn GET /server will be repeated',
    'warn GET /server will be repeated',
    'debug GET /server',
  ]);
});

test('a write that met a broken server is sent once', async () => {
  const { call, requests } = start(answer(500, '<html>oops</html>'));
  await expect(call(request('POST'))).rejects.toMatchObject({ code: 'answer-lost', details: { status: 500 } });
  expect(requests).toHaveLength(1);
});

test('a refused write is repeated when the provider says when', async () => {
  const { call, clock, requests } = start(answer(429, '', { 'retry-after': '7' }), answer(200));
  await call(request('POST'));
  expect(requests).toHaveLength(2);
  expect(clock.now()).toBeGreaterThanOrEqual(7000);
});

test('a repeated read waits for its turn like any other', async () => {
  const { call, clock } = start(answer(503, '', { 'retry-after': '0' }), answer(200));
  await call(request());
  expect(clock.now()).toBe(100);
});
