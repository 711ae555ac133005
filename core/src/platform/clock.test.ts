import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { systemClock } from './clock.ts';

beforeEach(() => void vi.useFakeTimers({ now: 1000 }));
afterEach(() => void vi.useRealTimers());

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
