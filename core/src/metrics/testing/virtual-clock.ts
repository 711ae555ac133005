import type { Clock } from '../../ports/clock.ts';

/** A clock that moves only when it is told to: what happens in a minute is counted, not waited for. */
export interface VirtualClock extends Clock {
  /** Lets so much time pass: wakes sleepers in order, and lets everything run in between. */
  advance(ms: number): Promise<void>;
  /** How many sleep now. */
  readonly sleeping: number;
}

export function createVirtualClock(startMs = 1_800_000_000_000): VirtualClock {
  let now = startMs;
  const sleepers = new Set<{ readonly at: number; readonly wake: () => void }>();
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return {
    now: () => now,
    elapsed: () => now,
    get sleeping() {
      return sleepers.size;
    },
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted === true) {
          reject(signal.reason as Error);
          return;
        }
        const sleeper = {
          at: now + ms,
          wake: () => {
            signal?.removeEventListener('abort', stop);
            resolve();
          },
        };
        const stop = (): void => {
          sleepers.delete(sleeper);
          reject(signal?.reason as Error);
        };
        sleepers.add(sleeper);
        signal?.addEventListener('abort', stop, { once: true });
      }),
    advance: async (ms) => {
      const end = now + ms;
      await settle();
      for (;;) {
        const at = Math.min(...[...sleepers].map((sleeper) => sleeper.at));
        if (at > end) break;
        now = Math.max(now, at);
        for (const sleeper of [...sleepers].filter((item) => item.at <= now)) {
          sleepers.delete(sleeper);
          sleeper.wake();
        }
        await settle();
      }
      now = end;
      await settle();
    },
  };
}
