import type { Clock } from '#core/ports/clock.ts';
import { CloudError } from '#core/ports/cloud-provider.ts';
import { describeRequest, type Link } from './transport.ts';

/** Gives up on one attempt, body included, after `timeoutMs`: `timeout`. */
export const limitTime =
  (clock: Clock, timeoutMs: number): Link =>
  (next) =>
  async (request) => {
    const timer = new AbortController();
    const isAnswered = new AbortController();
    clock.sleep(timeoutMs, isAnswered.signal).then(
      () => timer.abort(),
      () => undefined,
    );
    try {
      return await next({ ...request, signal: AbortSignal.any([request.signal, timer.signal]) });
    } catch (error) {
      if (!timer.signal.aborted || request.signal.aborted) throw error;
      const name = describeRequest(request);
      throw new CloudError('timeout', `${name}: no answer within ${timeoutMs} ms`, { request: name });
    } finally {
      isAnswered.abort();
    }
  };
