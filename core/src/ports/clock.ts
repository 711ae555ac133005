/** Time, so that a test owns it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Resolves after `ms`; rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The time as every file and event of ours writes it: ISO 8601 in UTC. */
export const toTimestamp = (clock: Clock): string => new Date(clock.now()).toISOString();
