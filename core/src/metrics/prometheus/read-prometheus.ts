import * as z from 'zod';
import type { ServerFigures } from '#schemas/metrics/server-figures.ts';
import { ReadError } from '../transport/read-error.ts';

/** The same choice as `isRealMount` and `isRealNetwork` make, as matchers of PromQL. */
export const MATCHED_FILE_SYSTEMS = String.raw`fstype!~"tmpfs|ramfs|devtmpfs|squashfs|iso9660|udf|overlay|fuse\\..*|nsfs"`;
export const MATCHED_NETWORKS = String.raw`device!~"lo|veth.*|docker[0-9]*|br-.*|virbr.*|cni.*|flannel.*|cali.*|vxlan.*|tun[0-9]*|tap.*|ifb[0-9]*|dummy[0-9]*"`;

/** Averages are taken over this long: four scrapes of the usual interval. */
const WINDOW = '1m';

/** Figures by PromQL; each gives one value for each `instance`. */
export const prometheusQueries = {
  cpuRatio: `1 - sum by (instance) (rate(node_cpu_seconds_total{mode=~"idle|iowait"}[${WINDOW}])) / sum by (instance) (rate(node_cpu_seconds_total{mode!~"guest|guest_nice"}[${WINDOW}]))`,
  iowaitRatio: `sum by (instance) (rate(node_cpu_seconds_total{mode="iowait"}[${WINDOW}])) / sum by (instance) (rate(node_cpu_seconds_total{mode!~"guest|guest_nice"}[${WINDOW}]))`,
  cores: 'count by (instance) (node_cpu_seconds_total{mode="idle"} > 0)',
  load1: 'node_load1',
  load5: 'node_load5',
  load15: 'node_load15',
  memoryTotal: 'node_memory_MemTotal_bytes',
  memoryAvailable: 'node_memory_MemAvailable_bytes',
  swapTotal: 'node_memory_SwapTotal_bytes',
  swapFree: 'node_memory_SwapFree_bytes',
  diskRatio: `max by (instance) (1 - node_filesystem_avail_bytes{${MATCHED_FILE_SYSTEMS}} / (node_filesystem_size_bytes{${MATCHED_FILE_SYSTEMS}} - node_filesystem_free_bytes{${MATCHED_FILE_SYSTEMS}} + node_filesystem_avail_bytes{${MATCHED_FILE_SYSTEMS}}))`,
  receivedBytesPerSecond: `sum by (instance) (rate(node_network_receive_bytes_total{${MATCHED_NETWORKS}}[${WINDOW}]))`,
  transmittedBytesPerSecond: `sum by (instance) (rate(node_network_transmit_bytes_total{${MATCHED_NETWORKS}}[${WINDOW}]))`,
  hostSeconds: 'node_time_seconds',
  bootSeconds: 'node_boot_time_seconds',
} as const;
export type PrometheusFigure = keyof typeof prometheusQueries;

/** Answer of `/api/v1/query` with an instant vector. */
const answer = z.discriminatedUnion('status', [
  z.object({
    status: z.literal('success'),
    data: z.object({
      resultType: z.literal('vector'),
      result: z.array(z.object({ metric: z.record(z.string(), z.string()), value: z.tuple([z.number(), z.string()]) })),
    }),
  }),
  z.object({ status: z.literal('error'), errorType: z.string(), error: z.string() }),
]);

/** Gets a URL: status and body. A port, so that whoever calls decides about proxies and time. Rejects when nothing answers. */
export type GetText = (url: string, signal: AbortSignal) => Promise<{ readonly status: number; readonly text: string }>;

/**
 * Figures of every host that a Prometheus knows, by its label `instance`: one query for each figure, however many hosts there are.
 * What it does not have is a gap; disks and devices one by one are not asked for. Throws `ReadError`.
 */
export async function readPrometheus(baseUrl: string, get: GetText, signal: AbortSignal): Promise<ReadonlyMap<string, ServerFigures>> {
  const names = Object.keys(prometheusQueries) as PrometheusFigure[];
  const answers = await Promise.all(names.map(async (name) => [name, await query(baseUrl, prometheusQueries[name], get, signal)] as const));
  const hosts = new Map<string, Partial<Record<PrometheusFigure, number>>>();
  for (const [name, values] of answers) {
    for (const [instance, value] of values) hosts.set(instance, { ...hosts.get(instance), [name]: value });
  }
  return new Map([...hosts].map(([instance, values]) => [instance, toFigures(values)]));
}

async function query(baseUrl: string, expression: string, get: GetText, signal: AbortSignal): Promise<ReadonlyMap<string, number>> {
  const url = `${baseUrl.replace(/\/+$/, '')}/api/v1/query?query=${encodeURIComponent(expression)}`;
  const { status, text } = await get(url, signal).catch((error: unknown) => {
    signal.throwIfAborted();
    throw new ReadError('unreachable', `no answer from ${baseUrl}`, error);
  });
  const parsed = answer.safeParse(parseJson(text));
  if (!parsed.success) throw new ReadError('bad-answer', `status ${status}, and no answer of Prometheus`, parsed.error);
  if (parsed.data.status === 'error') throw new ReadError('bad-answer', `${parsed.data.errorType}: ${parsed.data.error}`);
  return new Map(
    parsed.data.data.result.flatMap(({ metric, value: [, said] }) => {
      const value = Number(said);
      return metric['instance'] === undefined || !Number.isFinite(value) ? [] : [[metric['instance'], value] as const];
    }),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function toFigures(values: Partial<Record<PrometheusFigure, number>>): ServerFigures {
  const { memoryTotal, memoryAvailable, swapTotal, swapFree, hostSeconds, bootSeconds, ...direct } = values;
  const filled = (total = 0, left?: number) =>
    total > 0 && left !== undefined
      ? { totalBytes: total, usedBytes: Math.max(0, total - left), usedRatio: share(1 - left / total) }
      : undefined;
  const [memory, swap] = [filled(memoryTotal, memoryAvailable), filled(swapTotal, swapFree)];
  const { cpuRatio, iowaitRatio, diskRatio, load1, cores, ...plain } = direct;
  return {
    ...plain,
    ...(load1 === undefined ? {} : { load1 }),
    ...(cores === undefined ? {} : { cores }),
    ...(load1 === undefined || cores === undefined ? {} : { loadRatio: load1 / cores }),
    ...(cpuRatio === undefined ? {} : { cpuRatio: share(cpuRatio) }),
    ...(iowaitRatio === undefined ? {} : { iowaitRatio: share(iowaitRatio) }),
    ...(diskRatio === undefined ? {} : { diskRatio: share(diskRatio) }),
    ...(memory ? { memory } : {}),
    ...(swap ? { swap } : {}),
    ...(bootSeconds === undefined ? {} : { bootedAtSeconds: bootSeconds }),
    ...(bootSeconds === undefined || hostSeconds === undefined || hostSeconds < bootSeconds
      ? {}
      : { uptimeSeconds: hostSeconds - bootSeconds }),
    disks: [],
    devices: [],
  };
}

const share = (value: number): number => Math.min(1, Math.max(0, value));
