import { MATCHED_FILE_SYSTEMS, MATCHED_NETWORKS } from './prometheus-matchers.ts';

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
