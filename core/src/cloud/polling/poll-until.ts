import type { Clock } from '#core/ports/clock.ts';
import type { OnProgress } from '#core/ports/cloud-provider.ts';
import { abortedWait, isForgiven, nextIntervalMs, taskTimeout, type Verdict } from './verdict.ts';

export interface PollOptions<Value, Result> {
  readonly clock: Clock;
  /** What is waited for, for errors: `server 12 to be idle`. */
  readonly what: string;
  readonly read: (signal: AbortSignal) => Promise<Value>;
  /** Throws to end the wait with an error. */
  readonly judge: (value: Value) => Verdict<Result>;
  /** First pause between two looks, milliseconds; it grows gently. */
  readonly intervalMs: number;
  readonly timeoutMs: number;
  readonly onProgress?: OnProgress | undefined;
}

/** Looks at once and then again and again, until `judge` is content: for a wait of one; many share a `SharedPoller`. */
export async function pollUntil<Value, Result>(options: PollOptions<Value, Result>, signal: AbortSignal): Promise<Result> {
  const { clock, judge, onProgress, read, timeoutMs, what } = options;
  const deadline = clock.elapsed() + timeoutMs;
  let failedInARow = 0;
  let state = '';
  for (let intervalMs = options.intervalMs; ; intervalMs = nextIntervalMs(intervalMs, options.intervalMs)) {
    let value: { readonly read: Value } | undefined;
    try {
      value = { read: await read(signal) };
      failedInARow = 0;
    } catch (error) {
      failedInARow += 1;
      if (signal.aborted) throw abortedWait(what, state);
      if (!isForgiven(error, failedInARow)) throw error;
    }
    if (value !== undefined) {
      const verdict = judge(value.read);
      if (verdict.kind === 'done') return verdict.result;
      state = verdict.state;
      onProgress?.(state);
    }
    const leftMs = deadline - clock.elapsed();
    if (leftMs <= 0) throw taskTimeout(what, timeoutMs, state);
    await clock.sleep(Math.min(intervalMs, leftMs), signal).catch(() => {
      throw abortedWait(what, state);
    });
  }
}
