import { parsePage } from '../page/parse-page.ts';
import { type Reading, toReading } from '../figures/reading.ts';

/** What a host's page is written from; each field has a usual value. */
export interface HostState {
  readonly hostSeconds: number;
  readonly bootSeconds: number;
  /** Seconds since boot by core: idle, user. */
  readonly cores: readonly (readonly [idle: number, user: number])[];
  /** Bytes received by device. */
  readonly received: Readonly<Record<string, number>>;
  /** Seconds busy by disk; what was read and written is a thousand times that. */
  readonly busy: Readonly<Record<string, number>>;
  /** Share used by mount point, of 1,000,000 bytes. */
  readonly mounts: Readonly<Record<string, number>>;
}

export const usualHost: HostState = {
  hostSeconds: 1_800_000_000,
  bootSeconds: 1_799_990_000,
  cores: [
    [9000, 1000],
    [9000, 1000],
  ],
  received: { eth0: 5_000_000 },
  busy: { vda: 100 },
  mounts: { '/': 0.4, '/data': 0.6 },
};

/** The same host `seconds` later: half busy, 1000 bytes a second received, the disk busy for a tenth of the time. */
export const later = (host: HostState, seconds: number): HostState => ({
  ...host,
  hostSeconds: host.hostSeconds + seconds,
  cores: host.cores.map(([idle, user]) => [idle + seconds / 2, user + seconds / 2]),
  received: mapValues(host.received, (value) => value + 1000 * seconds),
  busy: mapValues(host.busy, (value) => value + seconds / 10),
});

/** The page of such a host. */
export function writePage(host: HostState): string {
  const lines = [
    `node_time_seconds ${host.hostSeconds}`,
    `node_boot_time_seconds ${host.bootSeconds}`,
    'node_load1 1',
    'node_load5 2',
    'node_load15 3',
    'node_memory_MemTotal_bytes 1000',
    'node_memory_MemAvailable_bytes 250',
    'node_memory_SwapTotal_bytes 0',
    'node_memory_SwapFree_bytes 0',
    ...host.cores.flatMap(([idle, user], cpu) => [
      `node_cpu_seconds_total{cpu="${cpu}",mode="idle"} ${idle}`,
      `node_cpu_seconds_total{cpu="${cpu}",mode="user"} ${user}`,
    ]),
    ...Object.entries(host.received).flatMap(([device, value]) => [
      `node_network_receive_bytes_total{device="${device}"} ${value}`,
      `node_network_transmit_bytes_total{device="${device}"} ${value / 2}`,
    ]),
    ...Object.entries(host.busy).flatMap(([device, value]) => [
      `node_disk_io_time_seconds_total{device="${device}"} ${value}`,
      `node_disk_read_bytes_total{device="${device}"} ${value * 1000}`,
      `node_disk_written_bytes_total{device="${device}"} ${value * 1000}`,
    ]),
    ...Object.entries(host.mounts).flatMap(([mountpoint, used]) => {
      const labels = `{device="/dev${mountpoint}",fstype="ext4",mountpoint="${mountpoint}"}`;
      return [
        `node_filesystem_size_bytes${labels} 1000000`,
        `node_filesystem_free_bytes${labels} ${(1 - used) * 1e6}`,
        `node_filesystem_avail_bytes${labels} ${(1 - used) * 1e6}`,
      ];
    }),
  ];
  return `${lines.join('\n')}\n`;
}

/** What is read of it when it comes at `atMs`; without it at the host's own time. */
export function readHost(host: HostState, atMs = host.hostSeconds * 1000): Reading {
  const reading = toReading(parsePage(writePage(host)), atMs);
  if (!reading) throw new Error('the page has no figures');
  return reading;
}

const mapValues = (values: Readonly<Record<string, number>>, change: (value: number) => number): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]));
