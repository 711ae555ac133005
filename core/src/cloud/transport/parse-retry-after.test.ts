import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRetryAfter } from './parse-retry-after.ts';

const now = Date.parse('2025-06-01T12:00:00Z');

test.each([
  ['seconds', '120', 120_000],
  ['nothing to wait for', '0', 0],
  ['a date to come', 'Sun, 01 Jun 2025 12:00:30 GMT', 30_000],
  ['a date gone by', 'Sun, 01 Jun 2025 11:00:00 GMT', 0],
  ['the old form of a date', 'Sunday, 01-Jun-25 12:00:10 GMT', 10_000],
  ['no header', undefined, undefined],
  ['an empty header', '', undefined],
  ['a negative number is no date in the year -5', '-5', undefined],
  ['a fraction', '1.5', undefined],
  ['words', 'later', undefined],
  ['words that look like a date', 'Later, maybe', undefined],
])('%s', (_reason, header, expected) => expect(parseRetryAfter(header, now)).toBe(expected));

test('never gives a negative pause or a crash', () => {
  fc.assert(
    fc.property(fc.string(), (header) => {
      const pauseMs = parseRetryAfter(header, now);
      expect(pauseMs === undefined || pauseMs >= 0).toBe(true);
    }),
  );
});
