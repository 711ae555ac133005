import type { Clock } from '#core/ports/clock.ts';
import { CloudError } from '#core/ports/cloud-provider.ts';
import type { Logger } from '#core/ports/logger.ts';
import { describeFailure } from './log-calls.ts';
import { abortedBeforeSending, type ApiRequest, describeRequest, isWrite, type Link } from './transport.ts';

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

/** One failed attempt, as the decision needs it. */
export interface Attempt {
  readonly method: ApiRequest['method'];
  /** 1 for the first. */
  readonly number: number;
  readonly error: CloudError;
  /** Milliseconds since a call with this token last succeeded; undefined: never. */
  readonly tokenWorkedMs: number | undefined;
}

export interface RetryLimits {
  /** Tries in all, the first included. */
  readonly attempts: number;
  /** Longest pause of our own choosing, milliseconds. */
  readonly maxBackoffMs: number;
}

/** First pause, doubled with each further attempt, milliseconds. */
const FIRST_PAUSE_MS = 500;
/** A provider that asks for more patience than this is not waited for: the caller is told, milliseconds. */
export const LONGEST_RETRY_AFTER_MS = 600_000;
/** A token that worked this recently makes a refusal look like a rate limit (API reference, section 13), milliseconds. */
const TOKEN_FRESH_MS = 60_000;

/**
 * What is worth repeating. Reads: network failures, timeouts, 429, 5xx. Writes: only what certainly was not carried out:
 * 429 and 503, and failures before anything was sent (a `network` failure of a write is always one: `doubtWrites` turns the
 * others into `answer-lost`). Both: a 403 right after the token worked, since no status for an excess of calls is known.
 */
export function shouldRetry(attempt: Attempt, limits: RetryLimits): boolean {
  const { error, method } = attempt;
  if (attempt.number >= limits.attempts) return false;
  if ((error.details.retryAfterMs ?? 0) > LONGEST_RETRY_AFTER_MS) return false;
  switch (error.code) {
    case 'rate-limited':
    case 'network':
      return true;
    case 'forbidden':
      return attempt.tokenWorkedMs !== undefined && attempt.tokenWorkedMs <= TOKEN_FRESH_MS;
    case 'server-error':
      return !isWrite({ method }) || error.details.status === 503;
    case 'timeout':
      return !isWrite({ method });
    default:
      return false;
  }
}

/** The provider's `Retry-After` when it gave one; else a doubling pause with a cap, spread over its upper half. */
export function pauseBeforeRetryMs(attempt: Pick<Attempt, 'number' | 'error'>, limits: RetryLimits, random: () => number): number {
  const asked = attempt.error.details.retryAfterMs;
  if (asked !== undefined) return asked;
  const whole = Math.min(limits.maxBackoffMs, FIRST_PAUSE_MS * 2 ** (attempt.number - 1));
  return Math.round(whole / 2 + (whole / 2) * random());
}
