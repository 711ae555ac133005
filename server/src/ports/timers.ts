/** Waiting, so that a test owns it. */
export interface Timers {
  /** Runs `action` once after `ms` milliseconds; the answer calls it off. */
  after(ms: number, action: () => void): () => void;
}

/** Timers of this machine. They do not keep the process alive. */
export const systemTimers: Timers = {
  after: (ms, action) => {
    const timer = setTimeout(action, ms);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
