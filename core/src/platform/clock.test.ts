import { execFileSync } from 'node:child_process';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { systemClock } from './clock.ts';

beforeEach(() => void vi.useFakeTimers({ now: 1000 }));
afterEach(() => void vi.useRealTimers());

describe('the monotonic clock', () => {
  beforeEach(() => void vi.useRealTimers());

  test('goes on while the wall clock is set back and forwards', () => {
    const readings: number[] = [];
    for (const wallMs of [5e12, 1000, 3e12]) {
      vi.spyOn(Date, 'now').mockReturnValue(wallMs);
      readings.push(systemClock.elapsed());
    }
    vi.restoreAllMocks();
    expect(readings).toEqual(readings.toSorted((a, b) => a - b));
  });

  test.runIf(process.platform === 'linux')('counts from the boot: another process of it reads the same time', () => {
    const code = 'const [s, n] = process.hrtime(); process.stdout.write(String(s * 1000 + n / 1e6))';
    const before = systemClock.elapsed();
    const theirs = Number(execFileSync(process.execPath, ['-e', code], { encoding: 'utf8' }));
    expect(theirs).toBeGreaterThan(before);
    expect(theirs).toBeLessThan(systemClock.elapsed());
    expect(systemClock.bootId).toMatch(/^[\da-f-]{36}$/);
    expect(systemClock.bootId).toBe(systemClock.bootId);
  });
});

describe('systemClock', () => {
  test('tells the time', () => expect(systemClock.now()).toBe(1000));

  test('sleeps as long as it is told', async () => {
    let isAwake = false;
    void systemClock.sleep(500).then(() => (isAwake = true));
    await vi.advanceTimersByTimeAsync(499);
    expect(isAwake).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(isAwake).toBe(true);
  });

  test('sleeps longer than one timer can: it does not wake at once', async () => {
    let isAwake = false;
    void systemClock.sleep(2 ** 31 + 5000).then(() => (isAwake = true));
    await vi.advanceTimersByTimeAsync(2 ** 31);
    expect(isAwake).toBe(false);
    await vi.advanceTimersByTimeAsync(6000);
    expect(isAwake).toBe(true);
  });

  test('wakes with the reason of the signal, and leaves no timer', async () => {
    const stop = new AbortController();
    const sleeping = systemClock.sleep(500, stop.signal);
    stop.abort(new Error('enough'));
    await expect(sleeping).rejects.toThrow('enough');
    expect(vi.getTimerCount()).toBe(0);
  });

  test('does not sleep when the signal is already aborted', async () => {
    await expect(systemClock.sleep(500, AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
    expect(vi.getTimerCount()).toBe(0);
  });

  test('has no listener left after a sleep', async () => {
    const { signal } = new AbortController();
    const remove = vi.spyOn(signal, 'removeEventListener');
    const sleeping = systemClock.sleep(5, signal);
    await vi.advanceTimersByTimeAsync(5);
    await sleeping;
    expect(remove).toHaveBeenCalledOnce();
  });
});
