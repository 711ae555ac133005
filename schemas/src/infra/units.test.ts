import { describe, expect, test } from 'vitest';
import { diskGb, durationSeconds, memoryMb, parseDurationSeconds, percentRatio } from './units.ts';

const read = (schema: { safeParse(value: unknown): { success: boolean; data?: unknown } }, value: unknown): unknown => {
  const result = schema.safeParse(value);
  return result.success ? result.data : 'refused';
};

describe('memory in MB', () => {
  test.each([
    [512, 512],
    ['512 MB', 512],
    ['2 GB', 2048],
    ['2GB', 2048],
    ['2 gb', 2048],
    [0, 'refused'],
    [-1, 'refused'],
    [1.5, 'refused'],
    ['1.5 GB', 'refused'],
    ['2', 'refused'],
    ['2 TB', 'refused'],
    [null, 'refused'],
  ])('%j → %j', (value, expected) => expect(read(memoryMb, value)).toBe(expected));
});

describe('disk in GB', () => {
  test.each([
    [40, 40],
    ['40 GB', 40],
    ['40GB', 40],
    ['40 MB', 'refused'],
    ['', 'refused'],
    [true, 'refused'],
  ])('%j → %j', (value, expected) => expect(read(diskGb, value)).toBe(expected));
});

describe('time spans in seconds', () => {
  test.each([
    ['30s', 30],
    ['5m', 300],
    ['1h', 3600],
    ['2d', 172_800],
    ['1 h', 3600],
    ['90', 'refused'],
    ['1w', 'refused'],
    ['-1h', 'refused'],
  ])('%j → %j', (value, expected) => {
    expect(read(durationSeconds, value)).toBe(expected);
    expect(parseDurationSeconds(value)).toBe(expected === 'refused' ? undefined : expected);
  });
});

describe('shares', () => {
  test.each([
    ['90%', 0.9],
    ['0.5%', 0.005],
    ['100 %', 1],
    ['90', 'refused'],
    [90, 'refused'],
  ])('%j → %j', (value, expected) => expect(read(percentRatio, value)).toBe(expected));
});
