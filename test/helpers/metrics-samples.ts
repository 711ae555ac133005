import type { MetricsEvent } from '#schemas/metrics/metrics-event.ts';
import type { ServerFigures } from '#schemas/metrics/server-figures.ts';

const GIB = 1024 ** 3;

/** What a quiet server of two gigabytes is doing. */
export const testFigures = (more: Partial<ServerFigures> = {}): ServerFigures => ({
  cpuRatio: 0.12,
  memory: { totalBytes: 2 * GIB, usedBytes: 1.2 * GIB, usedRatio: 0.6 },
  disks: [{ mountpoint: '/', device: '/dev/vda1', fsType: 'ext4', sizeBytes: 40 * GIB, usedBytes: 16.4 * GIB, usedRatio: 0.41 }],
  diskRatio: 0.41,
  devices: [],
  ...more,
});

type Look = Partial<ServerFigures> & { readonly at: string };

/** A look at `server.NAME` that was answered. */
export const testLook = (name: string, { at, ...figures }: Look): MetricsEvent => ({
  kind: 'metrics',
  state: 'live',
  at,
  address: `server.${name}`,
  figures: testFigures(figures),
  tookMs: 12,
});

type Silence = Partial<Extract<MetricsEvent, { state: 'unreachable' }>> & { readonly at: string };

/** One that was not. */
export const testSilence = (name: string, more: Silence): MetricsEvent => ({
  kind: 'metrics',
  state: 'unreachable',
  address: `server.${name}`,
  why: 'timeout',
  since: more.at,
  ...more,
});
