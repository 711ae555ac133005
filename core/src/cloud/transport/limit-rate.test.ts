import { expect, test } from 'vitest';
import { CloudError } from '#core/ports/cloud-provider.ts';
import { answer, fakeSend, request } from '#test/cloud/fake-send.ts';
import { createScriptedClock } from '#test/cloud/scripted-clock.ts';
import { limitRate } from './limit-rate.ts';
import type { ApiRequest, Send } from './transport.ts';

const settings = { readIntervalMs: 100, writeIntervalMs: 1000 };

function start(send: (request: ApiRequest, now: number) => ReturnType<Send>, startMs = 0) {
  const clock = createScriptedClock(startMs);
  return { clock, call: limitRate({ clock, settings })((one) => send(one, clock.now())) };
}

test('reads and writes keep their own pace and do not wait for each other', async () => {
  const starts: string[] = [];
  const { call } = start(async ({ method }, now) => {
    starts.push(`${method} ${now}`);
    return answer(200);
  });
  await Promise.all([request('POST'), request('GET'), request('DELETE'), request('GET'), request('GET')].map(call));
  expect(starts).toEqual(['POST 0', 'GET 0', 'GET 100', 'GET 200', 'DELETE 1000']);
});

test('a slow read does not keep the next one waiting', async () => {
  const ends: number[] = [];
  const clock = createScriptedClock(0);
  const call = limitRate({ clock, settings })(async () => {
    await clock.sleep(5000);
    ends.push(clock.now());
    return answer(200);
  });
  await Promise.all([call(request()), call(request())]);
  expect(ends).toEqual([5000, 5100]);
});

test('a Retry-After holds the whole lane, and only that one', async () => {
  const starts: string[] = [];
  const { call } = start(async ({ method }, now) => {
    starts.push(`${method} ${now}`);
    if (starts.length === 1) throw new CloudError('rate-limited', 'too many', { retryAfterMs: 7000 });
    return answer(200);
  });
  await expect(call(request('POST'))).rejects.toThrow('too many');
  await Promise.all([call(request('POST')), call(request('GET'))]);
  expect(starts).toEqual(['POST 0', 'GET 0', 'POST 7000']);
});

test('a Retry-After of a day holds nothing: nobody waits that long', async () => {
  const { call, clock } = start(async () => {
    throw new CloudError('rate-limited', 'too many', { retryAfterMs: 86_400_000 });
  });
  await expect(call(request())).rejects.toThrow();
  await expect(call(request())).rejects.toThrow();
  expect(clock.now()).toBe(100);
});

test('a call that is cancelled while it waits was certainly not sent', async () => {
  const { send, requests } = fakeSend(answer(200));
  const { call } = start(send);
  const stop = new AbortController();
  await call(request('POST'));
  const waiting = call(request('POST', stop.signal));
  stop.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'aborted' });
  expect(requests).toHaveLength(1);
});
