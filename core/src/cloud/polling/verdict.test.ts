import { describe, expect, test } from 'vitest';
import { CloudError, type CloudErrorCode } from '#core/ports/cloud-provider.ts';
import { abortedWait, done, isForgiven, nextIntervalMs, taskTimeout, waitFor } from './verdict.ts';

test.each<[CloudErrorCode, boolean]>([
  ['network', true],
  ['timeout', true],
  ['rate-limited', true],
  ['server-error', true],
  ['invalid-answer', true],
  ['unauthorized', false],
  ['forbidden', false],
  ['tls', false],
  ['not-found', false],
  ['aborted', false],
])('a look that failed with %s is forgiven: %s', (code, expected) => {
  expect(isForgiven(new CloudError(code, ''), 1)).toBe(expected);
});

test('not for ever, and no fault of ours', () => {
  const failure = new CloudError('network', '');
  expect([1, 2, 3].map((count) => isForgiven(failure, count))).toEqual([true, true, false]);
  expect(isForgiven(new TypeError('a bug'), 1)).toBe(false);
});

test('a pause grows gently to three times the first', () => {
  const pauses = [5000];
  for (let index = 0; index < 8; index += 1) pauses.push(Math.round(nextIntervalMs(pauses.at(-1) ?? 0, 5000)));
  expect(pauses).toEqual([5000, 6000, 7200, 8640, 10368, 12442, 14930, 15000, 15000]);
  expect(nextIntervalMs(0, 0)).toBe(0);
});

describe('how a wait ends', () => {
  test('out of time', () => {
    expect(taskTimeout('task 5', 1000, 'InProgress')).toMatchObject({
      code: 'task-timeout',
      message: 'task 5: still "InProgress" after 1000 ms',
      details: { providerMessage: 'InProgress' },
    });
  });

  test('given up, with what is still running', () => {
    expect(abortedWait('server 5 to be active', 'New')).toMatchObject({
      code: 'aborted',
      message: expect.stringContaining('server 5 to be active'),
    });
    expect(abortedWait('server 5', '').details).toEqual({});
  });

  test('verdicts are values', () => {
    expect([done(1), waitFor('New')]).toEqual([
      { kind: 'done', result: 1 },
      { kind: 'wait', state: 'New' },
    ]);
  });
});
