/**
 * Time, so that a test owns it. There are two kinds: the wall clock names a moment and may be set forwards or back at any time; the
 * monotonic clock only goes forwards and measures. Whatever waits, paces, expires or reports a duration uses `elapsed`.
 */
export interface Clock {
  /** Wall clock, milliseconds since the epoch. For stamps only: never subtract or compare two readings. */
  now(): number;
  /** Monotonic clock, milliseconds. Only the difference of two readings means anything. */
  elapsed(): number;
  /** Resolves after `ms`; rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /**
   * Identifies the boot of this machine while `elapsed` counts from it, so that readings of two processes of one boot can be
   * compared. Undefined where the system does not tell: readings are then good within one process only.
   */
  readonly bootId?: string | undefined;
}

/** A moment as it is stored for a later process, for {@link ageMs}. */
export interface StoredMoment {
  /** ISO 8601. */
  readonly at: string;
  /** `Clock.bootId` of the process that stored it. */
  readonly boot?: string | undefined;
  /** `Clock.elapsed()` of the process that stored it. */
  readonly elapsed?: number | undefined;
}

/** The time as every file and event of ours writes it: ISO 8601 in UTC. */
export const toTimestamp = (clock: Pick<Clock, 'now'>): string => new Date(clock.now()).toISOString();

/** The present moment, to be stored; see {@link ageMs}. */
export const toStoredMoment = (clock: Pick<Clock, 'now' | 'elapsed' | 'bootId'>): StoredMoment => ({
  at: toTimestamp(clock),
  ...(clock.bootId === undefined ? {} : { boot: clock.bootId, elapsed: clock.elapsed() }),
});

/**
 * Age of a stored moment, milliseconds, never negative. Within one boot the monotonic clock measures it (time asleep may not count,
 * so it is never overstated); otherwise only the wall clocks of then and now are left, and a moment in the future counts as just now.
 */
export function ageMs({ at, boot, elapsed }: StoredMoment, clock: Pick<Clock, 'now' | 'elapsed' | 'bootId'>): number {
  if (boot !== undefined && boot === clock.bootId && elapsed !== undefined) return Math.max(0, clock.elapsed() - elapsed);
  return wallAgeMs(Date.parse(at), clock.now());
}

/**
 * Age of a stamp by two readings of wall clocks, milliseconds: for stamps of files and of other processes, which leave no other way.
 * Never negative, so that a clock set back makes nobody wait; 0 for a stamp that cannot be read.
 */
export const wallAgeMs = (stampMs: number, nowMs: number): number => {
  const age = nowMs - stampMs;
  return age > 0 ? age : 0;
};
