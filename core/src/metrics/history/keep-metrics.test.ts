import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { MetricsEvent } from '#schemas/metrics/metrics-event.ts';
import type { Clock } from '../../ports/clock.ts';
import { openProjectMetrics } from '../../create-core/create-metrics.ts';
import { keepMetrics } from './keep-metrics.ts';

const T0 = 1_800_000_000;
let folder = '';
let nowMs = T0 * 1000;
const clock: Clock = { now: () => nowMs, elapsed: () => nowMs, sleep: () => Promise.resolve() };
const look = (cpuRatio: number): MetricsEvent => ({
  kind: 'metrics',
  at: new Date(nowMs).toISOString(),
  address: 'server.web',
  state: 'live',
  tookMs: 1,
  figures: { cpuRatio, disks: [], devices: [] },
});
const open = () => openProjectMetrics(folder, 'shop', clock);
const readCpu = async (): Promise<(number | null)[]> => {
  const { servers } = await open().history.read(['server.web'], { fromSeconds: T0, toSeconds: T0 + 59, mostPoints: 100 });
  return servers[0]?.series.find(({ figure }) => figure === 'cpuRatio')?.mean.map((value) => value && Math.round(value * 100)) ?? [];
};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ict-keep-'));
  nowMs = T0 * 1000;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('one of two writes; the other takes over when it is gone', async () => {
  let refused = (): void => undefined;
  const isRefused = new Promise<void>((resolve) => (refused = resolve));
  const { history, lock } = open();
  const asking = (command: string) => lock(command).finally(refused);
  const [first, second] = [keepMetrics(open(), 'ict watch', clock), keepMetrics({ history, lock: asking }, 'ict stats', clock)];
  first.keep(look(0.1));
  // Its turn has come once the queue of the first is empty.
  await expect.poll(() => first.isWriter).toBe(true);
  second.keep(look(0.9));
  await isRefused;
  await first.close();
  nowMs += 15_000;
  second.keep(look(0.2));
  await second.close();
  expect(await readCpu()).toEqual([10, 20, null, null]);
});

test('a writer that is there all the time is asked for its place now and then only', async () => {
  let asked = 0;
  const keeper = keepMetrics(
    {
      history: open().history,
      lock: () => {
        asked += 1;
        return Promise.reject(new Error('held'));
      },
    },
    'ict watch',
    clock,
  );
  for (let second = 0; second < 20; second++) {
    nowMs = (T0 + second) * 1000;
    keeper.keep(look(0.5));
    // The clock is read when the look's turn comes.
    await new Promise((resolve) => setImmediate(resolve));
  }
  await keeper.close();
  expect(asked).toBe(4);
  expect(keeper.isWriter).toBe(false);
});

test('a disk that fails is no failure of the look, and the lock is given back', async () => {
  const { lock } = open();
  const keeper = keepMetrics({ history: { record: () => Promise.reject(new Error('disk full')) }, lock }, 'ict watch', clock);
  keeper.keep(look(0.5));
  keeper.keep(look(0.5));
  await keeper.close();
  keeper.keep(look(0.5));
  const held = await lock('ict stats');
  await held.release();
});
