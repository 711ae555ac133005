import type { Address } from '#schemas/infra/names.ts';
import type { MetricsEvent } from '#schemas/metrics/metrics-event.ts';
import type { MetricsHistory } from './open-history.ts';
import type { Clock } from '../../ports/clock.ts';
import type { HeldLock } from '../../ports/project-store.ts';

/** Keeps what a collector sees. */
export interface MetricsKeeper {
  /** Takes one look. Comes back at once and never throws: neither a full disk nor another writer may end the looking. */
  keep(event: MetricsEvent): void;
  /** Whether what is seen is written by us at the moment. */
  readonly isWriter: boolean;
  /** Waits for what is being written, and lets the next one write. */
  close(): Promise<void>;
}

/** Between two attempts to become the writer. */
const RETRY_MS = 5000;
/** Looks that wait for a slow disk; further ones are dropped, since memory must not grow with them. */
const MOST_WAITING = 10_000;

/**
 * Keeps the metrics of a project, unless somebody else does already: a daemon, another window, another `ict stats`. Takes over
 * when that one is gone. `lock` and `history` are those of `openProjectMetrics`.
 */
export function keepMetrics(
  { history, lock }: { readonly history: Pick<MetricsHistory, 'record'>; lock(command: string): Promise<HeldLock> },
  command: string,
  clock: Clock,
): MetricsKeeper {
  let held: HeldLock | undefined;
  let triedAtMs = Number.NEGATIVE_INFINITY;
  let waiting = 0;
  let isClosed = false;
  let writing = Promise.resolve();

  const becomeWriter = async (): Promise<void> => {
    if (held || clock.elapsed() - triedAtMs < RETRY_MS) return;
    triedAtMs = clock.elapsed();
    held = await lock(command).catch(() => undefined);
  };
  const write = async (address: Address, { at, ...event }: MetricsEvent): Promise<void> => {
    await becomeWriter();
    if (held) await history.record(address, Date.parse(at), event.state === 'live' ? event.figures : undefined);
  };
  return {
    get isWriter() {
      return held !== undefined;
    },
    keep: (event) => {
      if (isClosed || waiting >= MOST_WAITING) return;
      waiting += 1;
      writing = writing
        .then(() => write(event.address, event))
        .catch(() => undefined)
        .finally(() => (waiting -= 1));
    },
    close: async () => {
      isClosed = true;
      await writing;
      const before = held;
      held = undefined;
      await before?.release();
    },
  };
}
