/** The second look comes soon: rates need two. */
const SECOND_LOOK_MS = 2000;
/** A server that is gone is looked at no less often than this. */
const LONGEST_PAUSE_MS = 120_000;
/** Part of the interval that pauses differ by, so that looks at many servers do not fall together. */
const JITTER = 0.1;

/**
 * Milliseconds from the start of a look to that of the next. `looks` counts those so far, `failures` those that failed in a row;
 * each of these doubles the pause.
 */
export function pauseAfter(look: {
  readonly looks: number;
  readonly failures: number;
  readonly intervalMs: number;
  /** Between 0 and 1. */
  readonly random: number;
}): number {
  const { looks, failures, intervalMs, random } = look;
  const jitter = 1 + JITTER * (random - 0.5);
  if (failures === 0) return (looks === 1 ? Math.min(SECOND_LOOK_MS, intervalMs) : intervalMs) * jitter;
  return Math.max(intervalMs, Math.min(intervalMs * 2 ** Math.min(failures - 1, 20), LONGEST_PAUSE_MS)) * jitter;
}
