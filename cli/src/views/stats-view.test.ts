import pc from 'picocolors';
import { describe, expect, test } from 'vitest';
import { createTextRenderer } from '#core/text/render-text.ts';
import type { MetricsEvent } from '#schemas/metrics/metrics-event.ts';
import type { ServerFigures } from '#schemas/metrics/server-figures.ts';
import { parseStatsFilter, sortStats } from './stats-filter.ts';
import { formatBytes, renderStats, type StatsRow } from './stats-view.ts';

const at = '2026-11-22T10:00:00.000Z';
const figures: ServerFigures = {
  cpuRatio: 0.124,
  iowaitRatio: 0.01,
  cores: 2,
  load1: 0.42,
  memory: { totalBytes: 2 * 2 ** 30, usedBytes: 2 ** 30, usedRatio: 0.5 },
  disks: [
    { mountpoint: '/', device: '/dev/vda', fsType: 'ext4', sizeBytes: 100, usedBytes: 41, usedRatio: 0.41 },
    { mountpoint: '/data', device: '/dev/vdb', fsType: 'ext4', sizeBytes: 100, usedBytes: 93, usedRatio: 0.93 },
  ],
  diskRatio: 0.93,
  diskBusyRatio: 0.2,
  receivedBytesPerSecond: 1_300_000,
  transmittedBytesPerSecond: 980,
  devices: [],
  uptimeSeconds: 5 * 86_400,
};
const live = (name: string, more: Partial<ServerFigures> = {}): StatsRow => ({
  name,
  event: { kind: 'metrics', at, address: `server.${name}`, state: 'live', tookMs: 3, figures: { ...figures, ...more } },
});
const gone: StatsRow = {
  name: 'db',
  event: { kind: 'metrics', at, address: 'server.db', state: 'unreachable', why: 'no-agent', since: '2026-11-22T09:30:00.000Z' },
};
const options = { render: createTextRenderer('en'), style: pc.createColors(false) };

test('the table as it is on a wide terminal', () => {
  expect(`\n${renderStats([live('web-1'), gone, { name: 'new', event: undefined }], { ...options, columns: 120 })}`).toBe(`
server  cpu  iowait  load  memory         swap  disk       disk busy  in/s    out/s  up
web-1   12%  1%      0.42  50% of 2.0 GB        93% /data  20%        1.2 MB  980 B  5 d
db  no metrics since 2026-11-22 09:30:00: the metrics agent does not run there; ict deploy installs it
new  not looked at yet
`);
});

test.each([80, 60, 40])('no line of the table is wider than %i columns, and the processor is always there', (columns) => {
  const rows = [live('web-1'), live('a-server-with-a-name-that-goes-on-and-on', { transmittedBytesPerSecond: 5e12 })];
  const lines = renderStats(rows, { ...options, columns }).split('\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(columns);
  expect(lines[0]).toMatch(/^server +cpu/);
});

test('a gap is an empty cell', () => {
  const { memory: _memory, ...rest } = figures;
  const table = renderStats([{ name: 'web-1', event: { ...live('x').event, figures: { ...rest, disks: [] } } as MetricsEvent }], {
    ...options,
    columns: 120,
  });
  expect(table).not.toMatch(/NaN|undefined/);
});

describe('sort and filter', () => {
  const rows = [live('web-10', { cpuRatio: 0.9 }), gone, live('web-2', { cpuRatio: 0.1 }), live('web-1', { cpuRatio: 0.5 })];
  const names = (list: readonly StatsRow[]): string[] => list.map(({ name }) => name);

  test.each([
    ['name', ['db', 'web-1', 'web-2', 'web-10']],
    ['cpu', ['web-10', 'web-1', 'web-2', 'db']],
    ['swap', ['db', 'web-1', 'web-2', 'web-10']],
  ] as const)('by %s', (by, expected) => {
    expect(names(sortStats(rows, by))).toEqual(expected);
  });

  test.each<[string, string[] | undefined]>([
    ['cpu>50%', ['web-10']],
    ['cpu >= 0.5', ['web-10', 'web-1']],
    ['cpu<20%', ['web-2']],
    ['cpu<=10%', ['web-2']],
    ['disk>90%', ['web-10', 'web-2', 'web-1']],
    ['swap<100%', []],
    ['unreachable', ['db']],
    ['cpu', undefined],
    ['colour>1', undefined],
    ['cpu>much', undefined],
    ['constructor>1', undefined],
  ])('%s', (text, expected) => {
    const filter = parseStatsFilter(text);
    expect(filter && names(rows.filter(({ event }) => filter(event)))).toEqual(expected);
  });
});

test.each([
  [0, '0 B'],
  [980, '980 B'],
  [1024, '1.0 kB'],
  [1023.9 * 1024, '1.0 MB'],
  [25_276_502_016, '24 GB'],
  [9e20, '799361 PB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
