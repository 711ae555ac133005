import type { CoreTimes, Reading } from './reading.ts';

/** Busiest a disk can be: the counter ticks in steps, so a little above 1 is full. */
const FULL_DISK = 1.2;
/** Time the cores can have spent beyond the time that passed; more of it was made up for a pause of the machine. */
const EXTRA_CPU = 1.5;

/** Shares of the cores' time; undefined when no core can be compared. */
export interface CpuShares {
  readonly cpuRatio: number;
  readonly iowaitRatio: number;
  readonly stealRatio: number;
}

/**
 * Shares over all cores together, not an average of shares: a core that was not there for long counts for little. A core
 * whose times fell is left out.
 */
export function measureCpu(before: Reading, now: Reading, seconds: number): CpuShares | undefined {
  let [idle, iowait, steal, total, cores] = [0, 0, 0, 0, 0];
  for (const [cpu, times] of now.cores) {
    const spent = subtract(before.cores.get(cpu), times);
    if (!spent) continue;
    idle += spent.idle;
    iowait += spent.iowait;
    steal += spent.steal;
    total += spent.total;
    cores += 1;
  }
  if (total <= 0 || total > cores * (seconds * EXTRA_CPU + 1)) return undefined;
  return { cpuRatio: share(total - idle - iowait, total), iowaitRatio: share(iowait, total), stealRatio: share(steal, total) };
}

function subtract(before: CoreTimes | undefined, now: CoreTimes): CoreTimes | undefined {
  if (!before) return undefined;
  const [idle, iowait, steal, total] = [
    now.idle - before.idle,
    now.iowait - before.iowait,
    now.steal - before.steal,
    now.total - before.total,
  ];
  return Math.min(idle, iowait, steal, total) < 0 ? undefined : { idle, iowait, steal, total };
}

const share = (part: number, whole: number): number => Math.min(1, Math.max(0, part / whole));

/** Rate of each device's counter, by second. A device that is new, or whose counter fell, has none. */
export function measureDevices(
  before: ReadonlyMap<string, number>,
  now: ReadonlyMap<string, number>,
  seconds: number,
): ReadonlyMap<string, number> {
  const rates = new Map<string, number>();
  for (const [device, value] of now) {
    const old = before.get(device);
    if (old !== undefined && value >= old) rates.set(device, (value - old) / seconds);
  }
  return rates;
}

/** Sum of the rates; undefined when a device has none: a part of the sum would look like a fall. */
export function sumRates(devices: ReadonlyMap<string, number>, rates: ReadonlyMap<string, number>): number | undefined {
  return devices.size === 0 || rates.size < devices.size ? undefined : [...rates.values()].reduce((sum, rate) => sum + rate, 0);
}

/** Share of the time that the busiest disk was busy. */
export function measureBusy(before: Reading, now: Reading, seconds: number): number | undefined {
  const rates = measureDevices(before.diskBusySeconds, now.diskBusySeconds, seconds);
  if (sumRates(now.diskBusySeconds, rates) === undefined) return undefined;
  const busiest = Math.max(...rates.values());
  return busiest > FULL_DISK ? undefined : Math.min(1, busiest);
}
