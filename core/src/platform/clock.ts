import { readFileSync } from 'node:fs';
import type { Clock } from '#core/ports/clock.ts';

/** Longest time one of Node's timers can take, milliseconds; a longer one would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The time of this machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  // Not `performance.now()`: that counts from the start of the process, this one on Linux from the boot.
  elapsed: () => {
    const [seconds, nanoseconds] = process.hrtime();
    return seconds * 1000 + nanoseconds / 1e6;
  },
  get bootId() {
    return (bootId ??= { value: readBootId(process.platform) }).value;
  },
  sleep: async (ms, signal) => {
    for (let leftMs = ms; leftMs >= 0; leftMs -= LONGEST_TIMER_MS) await sleepOnce(Math.min(leftMs, LONGEST_TIMER_MS), signal);
  },
};

let bootId: { readonly value: string | undefined } | undefined;

/** Undefined where `process.hrtime` does not count from the boot, or the boot has no id. */
function readBootId(platform: NodeJS.Platform): string | undefined {
  if (platform !== 'linux') return undefined;
  try {
    const id = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    return /^[\da-f-]{36}$/.test(id) ? id : undefined;
  } catch {
    return undefined;
  }
}

const sleepOnce = (ms: number, signal: AbortSignal | undefined): Promise<void> =>
  new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(signal.reason as Error);
      return;
    }
    const wake = (): void => {
      signal?.removeEventListener('abort', stop);
      resolve();
    };
    const timer = setTimeout(wake, ms);
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    signal?.addEventListener('abort', stop, { once: true });
  });
