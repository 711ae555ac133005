/** Time of the sandbox. Tasks are due at moments of it, so whoever owns the clock owns how long everything takes. */
export interface SandboxClock {
  /** Milliseconds since the epoch. Never goes back, whatever happens to the machine's clock: differences mean something. */
  now(): number;
  /** Calls `callback` once when `now()` has reached `atMs`; the answer cancels that. A timer never keeps the process alive. */
  schedule(atMs: number, callback: () => void): () => void;
  /** Jumps forward by `ms`; callbacks due in between are called, earliest first. */
  advance(ms: number): void;
}

interface Timer {
  readonly atMs: number;
  readonly callback: () => void;
}

/**
 * The time at which it is created, going on by the monotonic clock: setting the machine's clock neither holds up a task nor ends it
 * early. `advance` adds to it, so that a person can skip a wait.
 */
export const createRealClock = (): SandboxClock => {
  const startMs = Date.now();
  const startElapsedMs = performance.now();
  let aheadMs = 0;
  const timers = new Set<Timer & { handle: NodeJS.Timeout }>();
  const now = (): number => startMs + Math.floor(performance.now() - startElapsedMs) + aheadMs;
  const schedule = (atMs: number, callback: () => void): (() => void) => {
    const fire = (): void => {
      timers.delete(timer);
      callback();
    };
    const handle = setTimeout(fire, Math.min(Math.max(atMs - now(), 0), LONGEST_TIMER_MS));
    handle.unref();
    const timer = { atMs, callback, handle };
    timers.add(timer);
    return () => {
      clearTimeout(handle);
      timers.delete(timer);
    };
  };
  return {
    now,
    schedule,
    advance(ms) {
      aheadMs += ms;
      const pending = [...timers].sort((a, b) => a.atMs - b.atMs);
      for (const { handle } of pending) clearTimeout(handle);
      timers.clear();
      for (const { atMs, callback } of pending) {
        if (atMs <= now()) callback();
        else schedule(atMs, callback);
      }
    },
  };
};

/** The longest delay `setTimeout` takes without firing at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;
