import type { CloudError } from '#core/ports/cloud-provider.ts';
import { isWrite, type ApiRequest } from './transport.ts';

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
