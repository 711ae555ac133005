import { expect } from 'vitest';
import type { Timers } from '#server/ports/timers.ts';

/** Timers that run when a test says so. */
export interface ManualTimers extends Timers {
  /** Milliseconds of those that wait, in the order in which they were set. */
  readonly pending: readonly number[];
  /** How many have been set so far. */
  readonly scheduled: number;
  /** Waits until there is one, and runs the one that is due first. */
  runFirst(): Promise<void>;
}

export function createManualTimers(): ManualTimers {
  const waiting = new Set<{ readonly ms: number; readonly action: () => void }>();
  let scheduled = 0;
  return {
    after: (ms, action) => {
      const timer = { ms, action };
      waiting.add(timer);
      scheduled += 1;
      return () => waiting.delete(timer);
    },
    get pending() {
      return [...waiting].map(({ ms }) => ms);
    },
    get scheduled() {
      return scheduled;
    },
    runFirst: async () => {
      await expect.poll(() => waiting.size).toBeGreaterThan(0);
      const [first] = [...waiting].sort((left, right) => left.ms - right.ms);
      if (!first) throw new Error('no timer waits');
      waiting.delete(first);
      first.action();
    },
  };
}
