import type { Clock } from '#core/ports/clock.ts';
import type { Logger } from '#core/ports/logger.ts';
import type { Settings } from '#schemas/settings/settings.ts';
import { doubtWrites } from './doubt-writes.ts';
import { limitRate } from './limit-rate.ts';
import { limitTime } from './limit-time.ts';
import { logCalls } from './log-calls.ts';
import { raiseErrors } from './raise-errors.ts';
import { retryCalls } from './retry-calls.ts';
import type { Link, Send } from './transport.ts';

/** The parts of {@link Settings} that shape a call. */
export type TransportSettings = Pick<Settings, 'readIntervalMs' | 'writeIntervalMs' | 'requestTimeoutMs' | 'attempts' | 'maxBackoffMs'>;

export interface TransportOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly settings: TransportSettings;
  /** 0 ≤ x < 1; spreads retries. */
  readonly random: () => number;
  /** Last link: carries one request to the endpoint and back. */
  readonly send: Send;
}

/**
 * The chain every call runs through, first link first. The order matters:
 *
 * 1. log: outermost, so one line tells the whole call with its waiting and its retries;
 * 2. retry: above the rate limit, so a repeated call waits for its turn like any other;
 * 3. rate limit: paces reads and writes, lets one write through at a time, holds a lane when the provider says so;
 * 4. doubt: a write that may have been carried out becomes `answer-lost`, which the retry above never repeats;
 * 5. errors: answers of 300 and more become `CloudError`s;
 * 6. time: gives up on one attempt, so its limit does not cover pauses and queues;
 * 7. send: the network.
 */
export function assembleTransport(options: TransportOptions): Send {
  const links: readonly Link[] = [
    logCalls(options),
    retryCalls(options),
    limitRate(options),
    doubtWrites,
    raiseErrors(options.clock),
    limitTime(options.clock, options.settings.requestTimeoutMs),
  ];
  return links.reduceRight((next, link) => link(next), options.send);
}
