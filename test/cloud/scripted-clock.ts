import type { Clock } from '#core/ports/clock.ts';

/** A clock that stands still while anything else has work, then jumps to the next sleeper: hours of waiting take no time. */
export interface ScriptedClock extends Clock {
  /** Length of every sleep that was asked for, in order. */
  readonly sleeps: readonly number[];
}

export function createScriptedClock(startMs = 1_000_000): ScriptedClock {
  let now = startMs;
  let isScheduled = false;
  const sleeps: number[] = [];
  const sleepers = new Set<{ readonly at: number; readonly wake: () => void }>();
  const jump = (): void => {
    isScheduled = false;
    const [next] = [...sleepers].toSorted((a, b) => a.at - b.at);
    if (next === undefined) return;
    sleepers.delete(next);
    now = Math.max(now, next.at);
    next.wake();
    schedule();
  };
  const schedule = (): void => {
    if (isScheduled || sleepers.size === 0) return;
    isScheduled = true;
    setImmediate(jump);
  };
  return {
    sleeps,
    now: () => now,
    elapsed: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        sleeps.push(ms);
        if (signal?.aborted === true) {
          reject(signal.reason as Error);
          return;
        }
        const wake = (): void => {
          signal?.removeEventListener('abort', stop);
          resolve();
        };
        const sleeper = { at: now + ms, wake };
        const stop = (): void => {
          sleepers.delete(sleeper);
          reject(signal?.reason as Error);
        };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', stop, { once: true });
        schedule();
      }),
  };
}
