import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CloudError, type CloudErrorCode, cloudErrorCodes, type CloudErrorDetails } from '#core/ports/cloud-provider.ts';
import { answer, fakeSend, type Reaction, request } from '#test/cloud/fake-send.ts';
import { createRecordingLogger } from '#test/cloud/recording-logger.ts';
import { createScriptedClock } from '#test/cloud/scripted-clock.ts';
import { type Attempt, LONGEST_RETRY_AFTER_MS, pauseBeforeRetryMs, retryCalls, shouldRetry } from './retry-calls.ts';

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

const limits = { attempts: 5, maxBackoffMs: 8000 };

const attempt = (
  method: Attempt['method'],
  code: CloudErrorCode,
  details: CloudErrorDetails = {},
  rest: Partial<Attempt> = {},
): Attempt => ({
  method,
  number: 1,
  error: new CloudError(code, 'failed', details),
  tokenWorkedMs: undefined,
  ...rest,
});

describe('shouldRetry', () => {
  test.each<[string, Attempt, boolean]>([
    ['a read on a bad network', attempt('GET', 'network'), true],
    ['a read that ran out of time', attempt('GET', 'timeout'), true],
    ['a read that met a broken server', attempt('GET', 'server-error', { status: 500 }), true],
    ['a read that came too often', attempt('GET', 'rate-limited'), true],
    ['a read of something that is not there', attempt('GET', 'not-found'), false],
    ['a read with an answer that makes no sense', attempt('GET', 'invalid-answer'), false],
    ['a read with an untrusted certificate: it will not get better', attempt('GET', 'tls'), false],
    ['a write that never left', attempt('POST', 'network'), true],
    ['a write that came too often', attempt('POST', 'rate-limited'), true],
    ['a write to a server that is closed for now', attempt('PUT', 'server-error', { status: 503 }), true],
    ['a write that met a broken server', attempt('DELETE', 'server-error', { status: 500 }), false],
    ['a write that ran out of time', attempt('POST', 'timeout'), false],
    ['a write whose answer was lost', attempt('POST', 'answer-lost'), false],
    ['the last try', attempt('GET', 'network', {}, { number: 5 }), false],
    ['a refusal of a token that never worked', attempt('GET', 'forbidden'), false],
    ['a refusal of a token that worked a moment ago', attempt('GET', 'forbidden', {}, { tokenWorkedMs: 1000 }), true],
    ['a refusal of a token that worked long ago', attempt('GET', 'forbidden', {}, { tokenWorkedMs: 120_000 }), false],
    ['a provider that asks for an hour', attempt('GET', 'rate-limited', { retryAfterMs: LONGEST_RETRY_AFTER_MS + 1 }), false],
    ['a cancelled call', attempt('GET', 'aborted'), false],
  ])('%s', (_reason, given, expected) => expect(shouldRetry(given, limits)).toBe(expected));

  test('no code of a write in doubt is ever repeated', () => {
    const inDoubt: readonly CloudErrorCode[] = ['answer-lost', 'timeout', 'invalid-answer', 'aborted'];
    fc.assert(
      fc.property(
        fc.constantFrom(...inDoubt),
        fc.constantFrom('POST' as const, 'PUT' as const, 'DELETE' as const),
        fc.nat(4),
        (code, method, number) => !shouldRetry(attempt(method, code, {}, { number, tokenWorkedMs: 0 }), limits),
      ),
    );
  });

  test('nothing goes on for ever', () => {
    for (const code of cloudErrorCodes)
      expect(shouldRetry(attempt('GET', code, {}, { number: limits.attempts, tokenWorkedMs: 0 }), limits)).toBe(false);
  });
});

describe('pauseBeforeRetryMs', () => {
  const pause = (number: number, random: number, details: CloudErrorDetails = {}): number =>
    pauseBeforeRetryMs({ number, error: new CloudError('network', '', details) }, limits, () => random);

  test.each([
    ['starts at a quarter to half a second', 1, 0, 250],
    ['doubles', 3, 0, 1000],
    ['is spread over its upper half', 3, 0.5, 1500],
    ['has a cap', 10, 0.999999, 8000],
  ])('%s', (_reason, number, random, expected) => expect(pause(number, random)).toBe(expected));

  test('does what the provider asks for, even above the cap', () => {
    expect(pause(1, 0.5, { retryAfterMs: 20_000 })).toBe(20_000);
    expect(pause(4, 0.5, { retryAfterMs: 0 })).toBe(0);
  });
});
