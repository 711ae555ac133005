import { describe, expect, test } from 'vitest';
import { CloudError } from '#core/ports/cloud-provider.ts';
import { answer, fakeSend, request, type Reaction } from '#test/cloud/fake-send.ts';
import { createRecordingLogger } from '#test/cloud/recording-logger.ts';
import { createScriptedClock } from '#test/cloud/scripted-clock.ts';
import { retryCalls } from './retry-calls.ts';

function start(...reactions: readonly Reaction[]) {
  const clock = createScriptedClock(0);
  const logger = createRecordingLogger();
  const { send, requests } = fakeSend(...reactions);
  const settings = { attempts: 3, maxBackoffMs: 4000 };
  return { clock, logger, requests, call: retryCalls({ clock, logger, settings, random: () => 0 })(send) };
}

const busy = new CloudError('server-error', 'busy', { status: 503 });
const denied = new CloudError('forbidden', 'denied', { status: 403 });

describe('retryCalls', () => {
  test('repeats until it works, with growing pauses, each told to the log', async () => {
    const { call, clock, logger, requests } = start(busy, busy, answer(200, 'ok'));
    expect((await call(request())).text).toBe('ok');
    expect(requests).toHaveLength(3);
    expect(clock.sleeps).toEqual([250, 500]);
    expect(logger.lines).toHaveLength(2);
  });

  test('ends with the last failure', async () => {
    const { call, requests } = start(busy);
    await expect(call(request())).rejects.toBe(busy);
    expect(requests).toHaveLength(3);
  });

  test('waits as long as the provider asks', async () => {
    const { call, clock } = start(new CloudError('rate-limited', 'slow down', { retryAfterMs: 12_000 }), answer(200));
    await call(request('POST'));
    expect(clock.sleeps).toEqual([12_000]);
  });

  test('takes a refusal seriously when the token never worked', async () => {
    const { call, requests } = start(denied);
    await expect(call(request())).rejects.toBe(denied);
    expect(requests).toHaveLength(1);
  });

  test('repeats a refusal when the token worked a moment ago', async () => {
    const { call, requests } = start(answer(200), denied, answer(200));
    await call(request());
    await call(request());
    expect(requests).toHaveLength(3);
  });

  test('cancellation beats the retry', async () => {
    const stop = new AbortController();
    const { call, requests } = start(busy);
    const running = call(request('GET', stop.signal));
    stop.abort();
    await expect(running).rejects.toBe(busy);
    expect(requests).toHaveLength(1);
  });

  test('cancellation ends the pause', async () => {
    const stop = new AbortController();
    const { call, clock, requests } = start(busy);
    const sleep = clock.sleep.bind(clock);
    Object.assign(clock, { sleep: (ms: number, signal?: AbortSignal) => [sleep(ms, signal), stop.abort()][0] });
    await expect(call(request('GET', stop.signal))).rejects.toMatchObject({ code: 'aborted' });
    expect(requests).toHaveLength(1);
  });

  test('lets a fault of ours through', async () => {
    const { call } = start(new TypeError('a bug'));
    await expect(call(request())).rejects.toThrow(TypeError);
  });
});
