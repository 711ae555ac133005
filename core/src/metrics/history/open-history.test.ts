import { mkdtemp, open, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ServerFigures } from '#schemas/metrics/server-figures.ts';
import { type KeptFigure, keptFigures } from '#schemas/metrics/kept-figures.ts';
import { FILE_BYTES, placeOf, SLOT_BYTES, tiers } from './history-layout.ts';
import { type HistoryRange, type MetricsHistory, openMetricsHistory } from './open-history.ts';
import { pickSteps } from './pick-steps.ts';
import { addToSlot, decodeSlot, encodeSlot, type Slot } from './slot.ts';

const T0 = 1_800_000_000;
const web = 'server.web-1';
const figures = (cpuRatio: number): ServerFigures => ({
  cpuRatio,
  memory: { totalBytes: 4, usedBytes: 1, usedRatio: 0.25 },
  disks: [],
  devices: [],
});
/** One figure of the server: mean and highest of each step. */
async function readFigure(history: MetricsHistory, figure: KeptFigure, within: HistoryRange) {
  const { servers, atSeconds, stepSeconds } = await history.read([web], within);
  const found = servers[0]?.series.find((series) => series.figure === figure);
  const points = atSeconds.map((at, index) => ({ at: at - T0, mean: found?.mean[index] ?? null, highest: found?.highest[index] ?? null }));
  return { stepSeconds, points };
}
const range = (seconds: number, mostPoints = 10_000) => ({ fromSeconds: T0, toSeconds: T0 + seconds, mostPoints });

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ict-history-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('what was recorded is what is read; a look that failed and a figure that was not there are gaps', async () => {
  const history = openMetricsHistory(folder);
  await history.record(web, T0 * 1000, figures(0.5));
  await history.record(web, (T0 + 15) * 1000, undefined);
  await history.record(web, (T0 + 45) * 1000, { disks: [], devices: [] });
  expect(await history.read([web, 'server.never'], range(59))).toEqual({
    stepSeconds: 15,
    atSeconds: [T0, T0 + 15, T0 + 30, T0 + 45],
    servers: [
      {
        address: web,
        series: [
          { figure: 'cpuRatio', mean: [0.5, null, null, null], highest: [0.5, null, null, null] },
          { figure: 'memoryRatio', mean: [0.25, null, null, null], highest: [0.25, null, null, null] },
          { figure: 'upRatio', mean: [1, 0, null, 1], highest: [1, 0, null, 1] },
        ],
      },
      { address: 'server.never', series: [] },
    ],
  });
});

test('steps roll up into a mean and the highest', async () => {
  const history = openMetricsHistory(folder);
  for (let second = 0; second < 3600; second += 5) await history.record(web, (T0 + second) * 1000, figures(second < 60 ? 1 : 0.2));
  const minutes = await readFigure(history, 'cpuRatio', range(3599, 60));
  expect(minutes.stepSeconds).toBe(60);
  expect(minutes.points.slice(0, 2).map(({ mean, highest }) => [mean, highest])).toEqual([
    [1, 1],
    [expect.closeTo(0.2, 4), expect.closeTo(0.2, 4)],
  ]);
  const hour = await readFigure(history, 'cpuRatio', range(3599, 1));
  expect(hour).toEqual({ stepSeconds: 3600, points: [{ at: 0, mean: expect.closeTo(0.2 + 0.8 / 60, 4) as number, highest: 1 }] });
  // The same hour in the ring of hours.
  const days = await readFigure(history, 'cpuRatio', { fromSeconds: T0 - 60 * 86_400, toSeconds: T0 + 3599, mostPoints: 10_000 });
  expect(days.stepSeconds).toBe(3600);
  expect(days.points.at(-1)).toEqual({ ...hour.points[0], mean: expect.closeTo(hour.points[0]?.mean ?? 0, 4) as number });
}, 30_000);

test('a server takes less than 1.4 MB for ever; 30 days of history', async () => {
  const history = openMetricsHistory(folder);
  for (let day = 0; day < 200; day++) await history.record(web, (T0 + day * 86_400) * 1000, figures(0.1));
  expect((await stat(join(folder, 'web-1.ring'))).size).toBe(FILE_BYTES);
  expect(FILE_BYTES).toBeLessThan(1_400_000);
  expect(tiers.some(({ stepSeconds, slots }) => stepSeconds <= 900 && stepSeconds * slots >= 30 * 86_400)).toBe(true);
});

test('an old round of the ring is not shown as a new one', async () => {
  const history = openMetricsHistory(folder);
  await history.record(web, T0 * 1000, figures(0.5));
  const round = 6 * 3600;
  const again = await readFigure(history, 'cpuRatio', { fromSeconds: T0 + round, toSeconds: T0 + round + 10, mostPoints: 10 });
  expect(again.points).toEqual([{ at: round, mean: null, highest: null }]);
});

describe('after a crash', () => {
  test('a step that another process has begun is gone on with', async () => {
    await openMetricsHistory(folder).record(web, T0 * 1000, figures(1));
    await openMetricsHistory(folder).record(web, (T0 + 5) * 1000, figures(0));
    const { points } = await readFigure(openMetricsHistory(folder), 'cpuRatio', range(10));
    expect(points).toEqual([{ at: 0, mean: 0.5, highest: 1 }]);
  });

  test('a slot that was written by half is a gap, and the others stay', async () => {
    const history = openMetricsHistory(folder);
    await history.record(web, T0 * 1000, figures(0.1));
    await history.record(web, (T0 + 15) * 1000, figures(0.2));
    const [tier] = tiers;
    if (!tier) throw new Error('no tier');
    const file = await open(join(folder, 'web-1.ring'), 'r+');
    await file.write(Buffer.alloc(20, 0xff), 0, 20, placeOf(tier, (T0 + 15) / 15) + 10);
    await file.close();
    const { points } = await readFigure(openMetricsHistory(folder), 'cpuRatio', range(29));
    expect(points.map(({ mean }) => mean !== null)).toEqual([true, false]);
  });

  test.each(['', 'something else', 'ict-metrics-1\n'])('a file that is not ours is replaced: %j', async (text) => {
    await writeFile(join(folder, 'web-1.ring'), text);
    const history = openMetricsHistory(folder);
    expect((await history.read([web], range(10))).servers).toEqual([{ address: web, series: [] }]);
    await history.record(web, T0 * 1000, figures(0.5));
    expect((await readFigure(history, 'cpuRatio', range(10))).points[0]?.mean).toBe(0.5);
    expect(await readdir(folder)).toEqual(['web-1.ring']);
  });
});

test('our clock was set back: what is recorded afterwards is there', async () => {
  const history = openMetricsHistory(folder);
  await history.record(web, (T0 + 90 * 86_400) * 1000, figures(0.9));
  await history.record(web, T0 * 1000, figures(0.3));
  expect((await readFigure(history, 'cpuRatio', range(10))).points[0]?.mean).toBeCloseTo(0.3, 5);
});

test('looks recorded at once are all kept', async () => {
  const history = openMetricsHistory(folder);
  await Promise.all([0, 1, 2, 3].map((index) => history.record(web, (T0 + index) * 1000, figures(index / 10))));
  expect((await readFigure(history, 'cpuRatio', range(10))).points[0]?.mean).toBeCloseTo(0.15, 5);
});

test('the name of a server cannot leave the folder', async () => {
  await openMetricsHistory(join(folder, 'metrics')).record('server.../../evil', T0 * 1000, figures(0.5));
  expect(await readdir(folder)).toEqual(['metrics']);
});

test('a slot is read as it was written, and never from changed bytes', () => {
  const value = fc.double({ min: 0, max: 1e12, noNaN: true });
  fc.assert(
    fc.property(
      fc.array(fc.dictionary(fc.constantFrom(...keptFigures), value), { maxLength: 5 }),
      fc.nat(SLOT_BYTES - 1),
      (moments, at) => {
        const slot: Slot = { step: 7, values: new Map() };
        for (const moment of moments) addToSlot(slot, moment);
        const bytes = encodeSlot(slot);
        const read = decodeSlot(bytes, 7);
        const countsOf = (of: Slot | undefined) => Object.fromEntries([...(of?.values ?? [])].map(([name, { count }]) => [name, count]));
        expect(countsOf(read)).toEqual(countsOf(slot));
        for (const [name, { mean }] of read?.values ?? []) expect(mean).toBeCloseTo(Math.fround(slot.values.get(name)?.mean ?? -1), 3);
        bytes[at] = (bytes[at] ?? 0) ^ 1;
        expect(decodeSlot(bytes, 7)).toBeUndefined();
      },
    ),
  );
});

test.each([
  [600, 1000, 15],
  [600, 20, 45],
  [6 * 3600, 10_000, 15],
  [12 * 3600, 10_000, 60],
  [86_400, 600, 180],
  [7 * 86_400, 1000, 900],
  [30 * 86_400, 600, 4500],
  [60 * 86_400, 10_000, 3600],
])('%i seconds in at most %i points: steps of %i seconds', (seconds, mostPoints, stepSeconds) => {
  expect(pickSteps({ fromSeconds: T0, toSeconds: T0 + seconds, mostPoints }).stepSeconds).toBe(stepSeconds);
});

test('never more points than asked for, and the range is covered as far as a ring goes back', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 200 * 86_400 }),
      fc.integer({ min: 2, max: 3000 }),
      fc.nat(10_000_000),
      (seconds, mostPoints, at) => {
        const [fromSeconds, toSeconds] = [T0 + at - seconds, T0 + at];
        const { first, last, stepSeconds, tier } = pickSteps({ fromSeconds, toSeconds, mostPoints });
        expect(last - first + 1).toBeLessThanOrEqual(mostPoints);
        expect(stepSeconds % tier.stepSeconds).toBe(0);
        expect(last).toBe(Math.floor(toSeconds / stepSeconds));
        expect(first * stepSeconds).toBeLessThanOrEqual(Math.max(fromSeconds, toSeconds - tier.stepSeconds * (tier.slots - 1)));
      },
    ),
  );
});
