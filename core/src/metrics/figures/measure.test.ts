import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { serverFigures, type ServerFigures } from '#schemas/metrics/server-figures.ts';
import { parsePage } from '../page/parse-page.ts';
import { wantedSeries } from '../page/wanted-series.ts';
import { type HostState, later, readHost, usualHost } from '../testing/page-of-host.ts';
import { measure } from './measure.ts';
import { type Reading, toReading } from './reading.ts';

const STEP = 15;
const start = readHost(usualHost);
const next = later(usualHost, STEP);
const rates = [
  'cpuRatio',
  'iowaitRatio',
  'readBytesPerSecond',
  'writtenBytesPerSecond',
  'diskBusyRatio',
  'receivedBytesPerSecond',
  'transmittedBytesPerSecond',
] as const;
const pick = (figures: ServerFigures) => Object.fromEntries(rates.map((name) => [name, figures[name]]));
const gap = pick(measure(undefined, start));

function readFixture(name: string): Reading {
  const page = parsePage(readFileSync(`test/fixtures/metrics/node_exporter-${name}.txt`, 'utf8'), wantedSeries);
  const host = page.samples.find((sample) => sample.name === 'node_time_seconds')?.value ?? 0;
  const reading = toReading(page, host * 1000);
  if (!reading) throw new Error('no figures');
  return reading;
}

test('figures of a real host, as its own tools told them when it was recorded', () => {
  const figures = measure(readFixture('1.5.0'), readFixture('1.5.0-later'));
  expect(figures.cpuRatio).toBeCloseTo(0.2645, 3);
  expect(figures.iowaitRatio).toBeCloseTo(0.0097, 3);
  expect(figures.cores).toBe(2);
  expect(figures.memory?.totalBytes).toBe(25_276_502_016);
  expect(figures.memory?.usedRatio).toBeCloseTo(0.0361, 3);
  expect(figures.disks.map(({ mountpoint }) => mountpoint)).toEqual(['/']);
  expect(figures.diskRatio).toBeCloseTo(0.3194, 3);
  expect((figures.writtenBytesPerSecond ?? 0) / 1e6).toBeCloseTo(24.2, 0);
  expect(figures.uptimeSeconds).toBeCloseTo(5453.7, 0);
  expect(figures.swap).toBeUndefined();
  expect(serverFigures.parse(figures)).toEqual(figures);
});

test('two readings of a host that is half busy', () => {
  expect(measure(start, readHost(next))).toMatchObject({
    cpuRatio: 0.5,
    cores: 2,
    loadRatio: 0.5,
    memory: { totalBytes: 1000, usedBytes: 750, usedRatio: 0.75 },
    diskRatio: 0.6,
    diskBusyRatio: expect.closeTo(0.1, 6) as number,
    receivedBytesPerSecond: 1000,
    transmittedBytesPerSecond: 500,
    readBytesPerSecond: expect.closeTo(100, 6) as number,
    uptimeSeconds: 10_015,
    devices: [{ device: 'eth0', receivedBytesPerSecond: 1000, transmittedBytesPerSecond: 500 }],
  });
});

test('one reading has no rates, and everything else', () => {
  expect(measure(undefined, start)).toMatchObject({ loadRatio: 0.5, diskRatio: 0.6, memory: { usedRatio: 0.75 } });
  expect(Object.values(gap)).toEqual(rates.map(() => undefined));
});

describe('a gap, never a spike', () => {
  test.each<[string, HostState, number | undefined]>([
    ['the server was rebooted', { ...next, bootSeconds: next.hostSeconds - 5 }, undefined],
    [
      'the server was rebooted soon after its first boot, and its counters are already higher',
      later({ ...usualHost, bootSeconds: usualHost.hostSeconds + 2 }, STEP),
      undefined,
    ],
    ['the host’s clock was set back an hour', { ...next, hostSeconds: next.hostSeconds - 3600 }, next.hostSeconds * 1000],
    ['the host’s clock was set ahead a minute', { ...next, hostSeconds: next.hostSeconds + 60 }, next.hostSeconds * 1000],
    [
      'the host’s clock was set ahead, and its boot time moved along',
      { ...next, hostSeconds: next.hostSeconds + 60, bootSeconds: next.bootSeconds + 60 },
      next.hostSeconds * 1000,
    ],
    ['our clock was set ahead a minute', next, (next.hostSeconds + 60) * 1000],
    ['the host was suspended for ten minutes', later(usualHost, 600), undefined],
    ['the host was suspended, and its clock stands where it was', next, (usualHost.hostSeconds + 600) * 1000],
    ['both readings are of the same moment', usualHost, undefined],
  ])('%s', (_symptom, host, atMs) => {
    const figures = measure(start, readHost(host, atMs));
    expect(pick(figures)).toEqual(gap);
    expect(figures.devices).toEqual([]);
    expect(figures.diskRatio).toBe(0.6);
  });

  test('a counter was reset: its device alone has a gap', () => {
    const figures = measure(start, readHost({ ...next, received: { eth0: 10 } }));
    expect(figures).not.toHaveProperty('receivedBytesPerSecond');
    expect(figures).toMatchObject({ cpuRatio: 0.5, diskBusyRatio: expect.closeTo(0.1, 6) as number, devices: [] });
  });

  test('the exporter was restarted, and counts a core a little lower: the other cores go on', () => {
    const figures = measure(
      start,
      readHost({
        ...next,
        cores: [
          [8999, 1007],
          [9007.5, 1007.5],
        ],
      }),
    );
    expect(figures.cpuRatio).toBe(0.5);
  });

  test('a network device was renamed: no sum until the new one has two readings', () => {
    const renamed: HostState = { ...next, received: { ens3: 9e12 } };
    const figures = measure(start, readHost(renamed));
    expect(figures).not.toHaveProperty('receivedBytesPerSecond');
    expect(figures.devices).toEqual([]);
    expect(measure(readHost(renamed), readHost(later(renamed, STEP))).receivedBytesPerSecond).toBe(1000);
  });

  test('a second network device appeared with a high counter: no sum in that reading', () => {
    const figures = measure(start, readHost({ ...next, received: { ...next.received, eth1: 9e12 } }));
    expect(figures).not.toHaveProperty('receivedBytesPerSecond');
    expect(figures.devices).toHaveLength(1);
  });

  test('a mount is missing: the fullest disk is not known in that reading', () => {
    const without: HostState = { ...next, mounts: { '/': 0.4 } };
    expect(measure(start, readHost(without))).not.toHaveProperty('diskRatio');
    expect(measure(readHost(without), readHost(later(without, STEP))).diskRatio).toBe(0.4);
  });

  test('a core came: its time since boot is not this interval’s', () => {
    expect(measure(start, readHost({ ...next, cores: [...next.cores, [1, 90_000]] })).cpuRatio).toBe(0.5);
  });

  test('the hypervisor made up for a pause with stolen time', () => {
    expect(
      measure(
        start,
        readHost({
          ...next,
          cores: [
            [9007, 1500],
            [9007, 1500],
          ],
        }),
      ),
    ).not.toHaveProperty('cpuRatio');
  });

  test('the disk’s clock ran ahead', () => {
    expect(measure(start, readHost({ ...next, busy: { vda: 500 } }))).not.toHaveProperty('diskBusyRatio');
  });
});

test('whatever two readings say, the figures are within their ranges', () => {
  const counter = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 1e15, noNaN: true }));
  const host: fc.Arbitrary<HostState> = fc.record({
    hostSeconds: fc.double({ min: 1.7e9, max: 1.7e9 + 400, noNaN: true }),
    bootSeconds: fc.double({ min: 1.6e9, max: 1.7e9 + 400, noNaN: true }),
    cores: fc.array(fc.tuple(counter, counter), { maxLength: 4 }),
    received: fc.dictionary(fc.constantFrom('eth0', 'eth1'), counter),
    busy: fc.dictionary(fc.constantFrom('vda', 'vdb'), counter),
    mounts: fc.dictionary(fc.constantFrom('/', '/data', '/very/long/mount/point'), fc.double({ min: 0, max: 1, noNaN: true })),
  });
  fc.assert(
    fc.property(host, host, (before, now) => {
      expect(() => serverFigures.parse(measure(readHost(before), readHost(now)))).not.toThrow();
    }),
  );
});

test('a page of somebody else has no reading', () => {
  expect(toReading(parsePage('<html>\n', wantedSeries), 0)).toBeUndefined();
});
