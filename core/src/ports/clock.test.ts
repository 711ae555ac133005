import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ageMs, type Clock, toStoredMoment, wallAgeMs } from './clock.ts';

const AT = Date.UTC(2026, 0, 1);
const at = new Date(AT).toISOString();
const clockAt = (wallMs: number, elapsed: number, bootId?: string): Pick<Clock, 'now' | 'elapsed' | 'bootId'> => ({
  now: () => wallMs,
  elapsed: () => elapsed,
  bootId,
});

describe('ageMs', () => {
  test.each([
    [
      'within one boot the monotonic clock tells, whatever the wall clock says',
      { at, boot: 'a', elapsed: 1000 },
      clockAt(AT - 3_600_000, 61_000, 'a'),
      60_000,
    ],
    ['after another boot only the stamps are left', { at, boot: 'a', elapsed: 1000 }, clockAt(AT + 5000, 61_000, 'b'), 5000],
    ['a clock that was set back: just now', { at, boot: 'a', elapsed: 1000 }, clockAt(AT - 3_600_000, 61_000, 'b'), 0],
    ['where nobody names boots, stamps are compared', { at }, clockAt(AT + 7000, 0), 7000],
    ['no boot is not the same boot', { at, elapsed: 1000 }, clockAt(AT + 7000, 9_999_999), 7000],
    ['readings of one boot that do not fit are just now', { at, boot: 'a', elapsed: 5000 }, clockAt(AT, 1000, 'a'), 0],
    ['a stamp that cannot be read is just now', { at: 'yesterday' }, clockAt(AT, 0), 0],
  ])('%s', (_reason, moment, clock, age) => expect(ageMs(moment, clock)).toBe(age));

  test('is never negative, and never undoes a moment that was just stored', () => {
    const reading = fc.record({
      wallMs: fc.nat(4e12),
      elapsed: fc.double({ min: 0, max: 1e10, noNaN: true }),
      boot: fc.constantFrom('a', 'b', undefined),
    });
    fc.assert(
      fc.property(reading, reading, (then, later) => {
        const moment = toStoredMoment(clockAt(then.wallMs, then.elapsed, then.boot));
        const read = JSON.parse(JSON.stringify(moment)) as typeof moment;
        expect(ageMs(read, clockAt(then.wallMs, then.elapsed, then.boot))).toBe(0);
        expect(ageMs(read, clockAt(later.wallMs, later.elapsed, later.boot))).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

test.each([
  [1000, 1500, 500],
  [1500, 1000, 0],
  [Number.NaN, 1000, 0],
])('wallAgeMs(%s, %s) is %s', (stamp, now, age) => expect(wallAgeMs(stamp, now)).toBe(age));
