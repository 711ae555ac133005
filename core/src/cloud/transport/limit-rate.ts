import type { Clock } from '#core/ports/clock.ts';
import { CloudError } from '#core/ports/cloud-provider.ts';
import { createLane, type Lane } from './lane.ts';
import { abortedBeforeSending } from './not-sent-error.ts';
import { LONGEST_RETRY_AFTER_MS } from './should-retry.ts';
import { isWrite, type ApiAnswer, type ApiRequest, type Link, type Send } from './transport.ts';

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
