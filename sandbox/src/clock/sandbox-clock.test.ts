import { describe, expect, test, vi } from 'vitest';
import { createScriptedClock } from '../testing/scripted-clock.ts';
import { createRealClock } from './sandbox-clock.ts';

describe('the scripted clock', () => {
  test('stands still until it is advanced', () => {
    const clock = createScriptedClock(1000);
    expect([clock.now(), clock.now()]).toEqual([1000, 1000]);
    clock.advance(500);
    expect(clock.now()).toBe(1500);
  });

  test('calls what is due in order of time, each at its own moment', () => {
    const clock = createScriptedClock(0);
    const calls: [string, number][] = [];
    clock.schedule(300, () => calls.push(['late', clock.now()]));
    clock.schedule(100, () => calls.push(['early', clock.now()]));
    clock.schedule(900, () => calls.push(['never', clock.now()]));
    clock.advance(500);
    expect(calls).toEqual([
      ['early', 100],
      ['late', 300],
    ]);
    expect(clock.now()).toBe(500);
  });

  test('calls what a callback schedules when that is due as well', () => {
    const clock = createScriptedClock(0);
    const calls: number[] = [];
    clock.schedule(100, () => clock.schedule(200, () => calls.push(clock.now())));
    clock.advance(500);
    expect(calls).toEqual([200]);
  });

  test('does not call what was cancelled', () => {
    const clock = createScriptedClock(0);
    const calls: string[] = [];
    clock.schedule(100, () => calls.push('called'))();
    clock.advance(500);
    expect(calls).toEqual([]);
  });
});

describe('the real clock', () => {
  test('begins at the machine’s, and goes on by what it is advanced', () => {
    const machine = Date.now();
    const clock = createRealClock();
    const before = clock.now();
    expect(before).toBeGreaterThanOrEqual(machine);
    clock.advance(60_000);
    expect(clock.now()).toBeGreaterThanOrEqual(before + 60_000);
  });

  test('tasks are due when they were, though the machine’s clock is set back an hour', async () => {
    const clock = createRealClock();
    const dueMs = clock.now() + 5;
    const done = new Promise<void>((resolve) => clock.schedule(dueMs, resolve));
    const realNow = Date.now;
    vi.spyOn(Date, 'now').mockImplementation(() => realNow() - 3_600_000);
    try {
      await done;
      await new Promise<void>((resolve) => clock.schedule(dueMs + 5, resolve));
      expect(clock.now()).toBeGreaterThanOrEqual(dueMs);
    } finally {
      vi.restoreAllMocks();
    }
  });

  test('calls by itself when the moment comes', async () => {
    const clock = createRealClock();
    await new Promise<void>((resolve) => clock.schedule(clock.now() + 5, resolve));
  });

  test('an advance calls what it passes at once, and leaves the rest', () => {
    const clock = createRealClock();
    const calls: string[] = [];
    const start = clock.now();
    clock.schedule(start + 20_000, () => calls.push('second'));
    clock.schedule(start + 10_000, () => calls.push('first'));
    const cancel = clock.schedule(start + 3_600_000, () => calls.push('later'));
    clock.advance(30_000);
    cancel();
    expect(calls).toEqual(['first', 'second']);
  });
});
