import type { SandboxClock } from '../clock/sandbox-clock.ts';

interface Timer {
  readonly atMs: number;
  readonly callback: () => void;
}

/** A clock that stands still until `advance` is called: a test decides when a task is done. */
export const createScriptedClock = (startMs: number = Date.UTC(2023, 4, 20, 9)): SandboxClock => {
  let nowMs = startMs;
  const timers = new Set<Timer>();
  return {
    now: () => nowMs,
    schedule(atMs, callback) {
      const timer = { atMs, callback };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance(ms) {
      const endMs = nowMs + ms;
      for (let next = earliest(timers, endMs); next !== undefined; next = earliest(timers, endMs)) {
        timers.delete(next);
        nowMs = Math.max(nowMs, next.atMs);
        next.callback();
      }
      nowMs = endMs;
    },
  };
};

function earliest(timers: ReadonlySet<Timer>, endMs: number): Timer | undefined {
  let first: Timer | undefined;
  for (const timer of timers) if (timer.atMs <= endMs && (first === undefined || timer.atMs < first.atMs)) first = timer;
  return first;
}
