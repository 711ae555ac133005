import { expect, test } from 'vitest';
import { testLook, testSilence } from '#test/helpers/metrics-samples.ts';
import { toPoint } from './to-point.ts';

const AT = '2026-01-01T00:00:05.000Z';

test('keeps the figures of the history, memory and swap as shares', () => {
  const swap = { totalBytes: 100, usedBytes: 25, usedRatio: 0.25 };
  expect(toPoint(testLook('web', { at: AT, swap, load1: 3, loadRatio: 1.5 }))).toEqual({
    atSeconds: Date.parse(AT) / 1000,
    values: { cpuRatio: 0.12, loadRatio: 1.5, memoryRatio: 0.6, swapRatio: 0.25, diskRatio: 0.41, upRatio: 1 },
  });
});

test('a rate that is not known yet is left out, and not zero', () => {
  expect(toPoint(testLook('web', { at: AT, cpuRatio: undefined })).values).not.toHaveProperty('cpuRatio');
});

test('of a server that does not answer only that is known', () => {
  expect(toPoint(testSilence('web', { at: AT })).values).toEqual({ upRatio: 0 });
});
