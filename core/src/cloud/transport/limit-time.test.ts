import { expect, test } from 'vitest';
import { CloudError } from '#core/ports/cloud-provider.ts';
import { answer, request } from '#test/cloud/fake-send.ts';
import { createScriptedClock } from '#test/cloud/scripted-clock.ts';
import { limitTime } from './limit-time.ts';
import type { Send } from './transport.ts';

/** Answers never, but honours its signal like a real fetch. */
const hang: Send = ({ signal }) =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new CloudError('aborted', 'cancelled')), { once: true });
  });

test('gives up when the time is over', async () => {
  const call = limitTime(createScriptedClock(), 5000)(hang);
  await expect(call(request())).rejects.toMatchObject({ code: 'timeout', message: 'GET /server: no answer within 5000 ms' });
});

test('a cancellation is not a timeout', async () => {
  const stop = new AbortController();
  const running = limitTime({ now: () => 0, elapsed: () => 0, sleep: () => new Promise(() => undefined) }, 5000)(hang)(
    request('GET', stop.signal),
  );
  stop.abort();
  await expect(running).rejects.toMatchObject({ code: 'aborted' });
});

test('an answer in time passes, and the timer is dropped', async () => {
  let timerSignal: AbortSignal | undefined;
  const clock = {
    now: () => 0,
    elapsed: () => 0,
    sleep: (_ms: number, signal?: AbortSignal) => {
      timerSignal = signal;
      return new Promise<void>(() => undefined);
    },
  };
  expect((await limitTime(clock, 5000)(async () => answer(200, 'ok'))(request())).text).toBe('ok');
  expect(timerSignal?.aborted).toBe(true);
});

test('a failure in time passes as it is', async () => {
  const failure = new CloudError('network', 'cut');
  await expect(limitTime(createScriptedClock(), 5000)(() => Promise.reject(failure))(request())).rejects.toBe(failure);
});
