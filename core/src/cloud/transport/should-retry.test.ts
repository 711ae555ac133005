import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CloudError, cloudErrorCodes, type CloudErrorCode, type CloudErrorDetails } from '#core/ports/cloud-provider.ts';
import { LONGEST_RETRY_AFTER_MS, pauseBeforeRetryMs, shouldRetry, type Attempt } from './should-retry.ts';

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
