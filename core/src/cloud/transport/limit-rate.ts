import { setMaxListeners } from 'node:events';
import PQueue from 'p-queue';
import type { Clock } from '#core/ports/clock.ts';
import { CloudError } from '#core/ports/cloud-provider.ts';
import { LONGEST_RETRY_AFTER_MS } from './retry-calls.ts';
import { abortedBeforeSending, type ApiAnswer, type ApiRequest, isWrite, type Link, type Send } from './transport.ts';

export interface RateOptions {
  readonly clock: Clock;
  readonly settings: { readonly readIntervalMs: number; readonly writeIntervalMs: number };
}

/**
 * Keeps the pace the provider asks for (API reference, section 13; its figures are uncertain, so both are settings). Reads
 * start at least `readIntervalMs` apart and may overlap; writes start at least `writeIntervalMs` apart, one at a time. A
 * `Retry-After` holds its whole lane: the others would only be refused as well.
 */
export const limitRate =
  ({ clock, settings }: RateOptions): Link =>
  (next) => {
    const reads = createLane(clock, settings.readIntervalMs);
    const writes = createLane(clock, settings.writeIntervalMs);
    return async (request) => {
      const lane = isWrite(request) ? writes : reads;
      try {
        return await (isWrite(request) ? inTurn(lane, request, next) : afterTurn(lane, request, next));
      } catch (error) {
        if (!(error instanceof CloudError)) throw request.signal.aborted ? abortedBeforeSending(request) : error;
        const heldMs = error.details.retryAfterMs ?? 0;
        if (heldMs > 0 && heldMs <= LONGEST_RETRY_AFTER_MS) lane.hold(heldMs);
        throw error;
      }
    };
  };

const inTurn = (lane: Lane, request: ApiRequest, next: Send): Promise<ApiAnswer> => lane.run(() => next(request), request.signal);

async function afterTurn(lane: Lane, request: ApiRequest, next: Send): Promise<ApiAnswer> {
  await lane.run(() => Promise.resolve(), request.signal);
  return next(request);
}

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
        // One signal ends a whole operation: hundreds of calls listen to it, and Node would warn of a leak from the 11th on.
        setMaxListeners(0, signal);
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
