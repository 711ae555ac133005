import PQueue from 'p-queue';
import type { Clock } from '#core/ports/clock.ts';
import { allowManyListeners } from '../allow-many-listeners.ts';

/** Tasks one after another with a least time between their starts. */
export interface Lane {
  /**
   * Runs `task` when its turn comes and keeps the next one waiting until it ends. Rejects with the signal's reason as soon as
   * it is aborted, unless the task has started: from then on the task itself answers for its cancellation.
   */
  run<Result>(task: () => Promise<Result>, signal: AbortSignal): Promise<Result>;
  /** Lets no task start for so long from now on; a longer hold stays. */
  hold(ms: number): void;
}

export function createLane(clock: Clock, intervalMs: number): Lane {
  const queue = new PQueue({ concurrency: 1 });
  /** Moment of the monotonic clock: a wall clock that is set back would hold the lane for as long as it went back. */
  let nextStartAt = -Infinity;
  const waitTurn = async (signal: AbortSignal): Promise<void> => {
    // A hold may arrive while we sleep, hence the loop.
    for (let waitMs = nextStartAt - clock.elapsed(); waitMs > 0; waitMs = nextStartAt - clock.elapsed()) await clock.sleep(waitMs, signal);
    signal.throwIfAborted();
    nextStartAt = clock.elapsed() + intervalMs;
  };
  return {
    run: (task, signal) =>
      new Promise((resolve, reject) => {
        let hasStarted = false;
        const leaveQueue = (): void => {
          if (!hasStarted) reject(signal.reason);
        };
        const takeTurn = async () => {
          // An aborted task leaves its turn to the next without using it up.
          signal.throwIfAborted();
          await waitTurn(signal);
          hasStarted = true;
          return task();
        };
        allowManyListeners(signal);
        signal.addEventListener('abort', leaveQueue, { once: true });
        if (signal.aborted) leaveQueue();
        void queue
          .add(takeTurn)
          .then(resolve, reject)
          .finally(() => signal.removeEventListener('abort', leaveQueue));
      }),
    hold: (ms) => {
      nextStartAt = Math.max(nextStartAt, clock.elapsed() + ms);
    },
  };
}
