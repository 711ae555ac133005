import type { DiskFigures } from '#schemas/metrics/server-figures.ts';
import type { ParsedPage, Sample } from '../page/parse-page.ts';
import { isRealDisk, isRealNetwork } from './real-devices.ts';
import { toDisks } from './to-disks.ts';

/** Seconds that one core has spent, since boot. */
export interface CoreTimes {
  readonly idle: number;
  readonly iowait: number;
  readonly steal: number;
  readonly total: number;
}

/** What one page says, cut down to numbers: all that is kept of it until the next. */
export interface Reading {
  /** When it had come, by our monotonic clock, milliseconds. */
  readonly atMs: number;
  /** The host's own clock and boot time, seconds since the epoch. */
  readonly hostSeconds: number | undefined;
  readonly bootSeconds: number | undefined;
  readonly cores: ReadonlyMap<string, CoreTimes>;
  readonly load: readonly (number | undefined)[];
  /** Bytes. */
  readonly memory: { readonly total: number | undefined; readonly available: number | undefined };
  readonly swap: { readonly total: number | undefined; readonly free: number | undefined };
  readonly disks: readonly DiskFigures[];
  /** Counters by device. */
  readonly received: ReadonlyMap<string, number>;
  readonly transmitted: ReadonlyMap<string, number>;
  readonly diskRead: ReadonlyMap<string, number>;
  readonly diskWritten: ReadonlyMap<string, number>;
  readonly diskBusySeconds: ReadonlyMap<string, number>;
}

/**
 * Takes the figures' raw material out of a page. Undefined when there is none: somebody else answers on that port.
 * Nothing in the answer holds on to the page's text.
 */
export function toReading(page: Pick<ParsedPage, 'samples'>, atMs: number): Reading | undefined {
  const byName = new Map<string, Sample[]>();
  for (const sample of page.samples) {
    const found = byName.get(sample.name);
    if (found) found.push(sample);
    else byName.set(sample.name, [sample]);
  }
  if (byName.size === 0) return undefined;
  const all = (name: string): readonly Sample[] => byName.get(name) ?? [];
  const one = (name: string): number | undefined => finite(all(name)[0]?.value);
  const memory = (name: string): number | undefined => one(`node_memory_${name}_bytes`);
  return {
    atMs,
    hostSeconds: one('node_time_seconds'),
    bootSeconds: one('node_boot_time_seconds'),
    cores: toCores(all('node_cpu_seconds_total')),
    load: [one('node_load1'), one('node_load5'), one('node_load15')],
    memory: {
      total: memory('MemTotal'),
      // Kernels before 3.14 do not say what is available.
      available: memory('MemAvailable') ?? add(memory('MemFree'), memory('Buffers'), memory('Cached')),
    },
    swap: { total: memory('SwapTotal'), free: memory('SwapFree') },
    disks: toDisks(all('node_filesystem_size_bytes'), all('node_filesystem_free_bytes'), all('node_filesystem_avail_bytes')),
    received: byDevice(all('node_network_receive_bytes_total'), isRealNetwork),
    transmitted: byDevice(all('node_network_transmit_bytes_total'), isRealNetwork),
    diskRead: byDevice(all('node_disk_read_bytes_total'), isRealDisk),
    diskWritten: byDevice(all('node_disk_written_bytes_total'), isRealDisk),
    diskBusySeconds: byDevice(all('node_disk_io_time_seconds_total'), isRealDisk),
  };
}

/** Times by core. A core that has never run is not there: a container sees those of the machine with zeros. */
function toCores(samples: readonly Sample[]): ReadonlyMap<string, CoreTimes> {
  const cores = new Map<string, { idle: number; iowait: number; steal: number; total: number }>();
  for (const { labels, value } of samples) {
    const { cpu = '', mode } = labels;
    // Time of guests is in `user` already.
    if (mode === 'guest' || mode === 'guest_nice' || !(value > 0)) continue;
    let core = cores.get(cpu);
    if (!core) cores.set(own(cpu), (core = { idle: 0, iowait: 0, steal: 0, total: 0 }));
    core.total += value;
    if (mode === 'idle' || mode === 'iowait' || mode === 'steal') core[mode] += value;
  }
  return cores;
}

function byDevice(samples: readonly Sample[], isReal: (device: string) => boolean): ReadonlyMap<string, number> {
  const devices = new Map<string, number>();
  for (const { labels, value } of samples) {
    const device = labels['device'];
    if (device !== undefined && Number.isFinite(value) && isReal(device)) devices.set(own(device), value);
  }
  return devices;
}

const finite = (value: number | undefined): number | undefined => (value !== undefined && Number.isFinite(value) ? value : undefined);

const add = (...parts: readonly (number | undefined)[]): number | undefined =>
  parts.reduce((sum, part) => (sum === undefined || part === undefined ? undefined : sum + part));

/** A copy: a part of a string keeps the whole string in memory, here a page of 50 KB for each host. */
export const own = (text: string): string => (text.length < 13 ? text : Buffer.from(text).toString());
