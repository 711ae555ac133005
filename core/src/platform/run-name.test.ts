import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRunName } from './run-name.ts';

const T0 = Date.UTC(2026, 0, 23, 10, 4, 5, 123);

test('a name tells when the run began', () => {
  expect(createRunName(T0)).toMatch(/^20260123-100405123-[0-9a-f]{6}$/);
});

test('two runs within a second stand in the history in the order they were made', () => {
  expect([createRunName(T0 + 1), createRunName(T0)].sort()[0]).toMatch(/^20260123-100405123-/);
});

test('names sort by time', () => {
  const moment = fc.integer({ min: 0, max: Date.UTC(2100, 0) });
  fc.assert(
    fc.property(moment, moment, (left, right) => {
      fc.pre(left !== right);
      expect(createRunName(left) < createRunName(right)).toBe(left < right);
    }),
  );
});

test('a run of an earlier version, named by the second, comes before the next one', () => {
  expect('20260123-100405-ffffff' < createRunName(T0)).toBe(true);
});
