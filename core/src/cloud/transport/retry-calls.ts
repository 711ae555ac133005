import type { Clock } from '#core/ports/clock.ts';
import { CloudError } from '#core/ports/cloud-provider.ts';
import type { Logger } from '#core/ports/logger.ts';
import { describeFailure } from './log-calls.ts';
import { abortedBeforeSending } from './not-sent-error.ts';
import { pauseBeforeRetryMs, shouldRetry, type RetryLimits } from './should-retry.ts';
import { describeRequest, type ApiRequest, type Link } from './transport.ts';

export interface RetryOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly settings: RetryLimits;
  readonly random: () => number;
}

/** Repeats a call as long as {@link shouldRetry} says so. A cancelled call is never repeated, and its pause ends at once. */
export const retryCalls =
  (options: RetryOptions): Link =>
  (next) => {
    let tokenWorkedAt: number | undefined;
    return async (request) => {
      for (let number = 1; ; number += 1) {
        try {
          const answer = await next(request);
          tokenWorkedAt = options.clock.elapsed();
          return answer;
        } catch (error) {
          if (!(error instanceof CloudError)) throw error;
          const tokenWorkedMs = tokenWorkedAt === undefined ? undefined : options.clock.elapsed() - tokenWorkedAt;
          const attempt = { method: request.method, number, error, tokenWorkedMs };
          if (request.signal.aborted || !shouldRetry(attempt, options.settings)) throw error;
          await pause(request, pauseBeforeRetryMs(attempt, options.settings, options.random), error, number, options);
        }
      }
    };
  };

async function pause(request: ApiRequest, ms: number, error: CloudError, number: number, options: RetryOptions): Promise<void> {
  options.logger.warn(`${describeRequest(request)} will be repeated`, { ...describeFailure(error), attempt: number, pauseMs: ms });
  try {
    await options.clock.sleep(ms, request.signal);
  } catch {
    throw abortedBeforeSending(request);
  }
}
