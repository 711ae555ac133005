import type { Reading } from './reading.ts';

/** Between two readings that rates are made of, seconds. Beyond it the average of a pause says nothing about now. */
const LONGEST_SECONDS = 150;
/** The boot time is told in whole seconds, and may be a second off from one reading to the next. */
const BOOT_SLACK_SECONDS = 1.6;
/** How far the two clocks may be apart: an answer can be late by as much. */
const CLOCK_SLACK_SECONDS = 1;
const CLOCK_SLACK_RATIO = 0.2;

/**
 * Seconds between two readings of one boot, by the host's own clock; undefined when no rate can be made of them: the host
 * was booted, suspended or not looked at for long, its clock was set, or our machine slept. The host's clock is taken because a page that
 * comes late was still made in time; its uptime, which no setting of the clock moves, and our monotonic clock confirm it.
 */
export function elapsedSeconds(before: Reading, now: Reading): number | undefined {
  const ours = (now.atMs - before.atMs) / 1000;
  const host = difference(before.hostSeconds, now.hostSeconds);
  const uptime = difference(uptimeOf(before), uptimeOf(now));
  const seconds = host ?? ours;
  if (!(seconds > 0) || seconds > LONGEST_SECONDS || ours > LONGEST_SECONDS) return undefined;
  if (uptime !== undefined && Math.abs(uptime - seconds) > BOOT_SLACK_SECONDS) return undefined;
  if (Math.abs(ours - seconds) > CLOCK_SLACK_SECONDS + CLOCK_SLACK_RATIO * Math.max(ours, seconds)) return undefined;
  return seconds;
}

/** Seconds since boot, with the time the host was suspended. */
export function uptimeOf({ hostSeconds, bootSeconds }: Pick<Reading, 'hostSeconds' | 'bootSeconds'>): number | undefined {
  const uptime = difference(bootSeconds, hostSeconds);
  return uptime === undefined || uptime < 0 ? undefined : uptime;
}

const difference = (from: number | undefined, to: number | undefined): number | undefined =>
  from === undefined || to === undefined ? undefined : to - from;
