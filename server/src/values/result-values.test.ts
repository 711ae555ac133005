import { expect, test } from 'vitest';
import type { HistorySummary } from '#core/ports/history.ts';
import { createTextRenderer } from '#core/text/render-text.ts';
import { ResultValues, toLastResult } from './result-values.ts';

const record = (more: Partial<HistorySummary> = {}): HistorySummary => ({
  run: '20260101-120000-abcdef',
  finishedAt: '2026-01-01T12:00:00.000Z',
  command: 'ict apply',
  exitCode: 0,
  plan: {
    changes: [
      { address: 'server.web', action: 'create' },
      { address: 'server.db', action: 'no-op' },
    ],
  },
  result: { succeeded: ['a'], failed: [], skipped: [] },
  ...more,
});
const render = createTextRenderer('en');

test.each<[string, Partial<HistorySummary>, unknown]>([
  ['a whole apply', {}, { operation: 'apply', targets: undefined, summary: '1 change', exitCode: 0 }],
  [
    'a part of the file',
    { plan: { selection: { only: ['web'] }, changes: [{ address: 'server.web', action: 'update' }] } },
    { operation: 'apply', targets: ['server.web'], summary: '1 change', exitCode: 0 },
  ],
  [
    'a step that failed',
    { exitCode: 9, result: { succeeded: [], failed: ['a', 'b'], skipped: [] } },
    { operation: 'apply', targets: undefined, summary: '2 steps failed', exitCode: 9 },
  ],
  ['an interrupted run', { exitCode: 130 }, { operation: 'apply', targets: undefined, summary: 'interrupted', exitCode: 130 }],
  [
    'a deploy of every server',
    { command: 'ict deploy', deploy: { isLimited: false, hosts: [{ address: 'server.web', outcome: 'ok' }] } },
    { operation: 'deploy', targets: undefined, summary: '1 host', exitCode: 0 },
  ],
  [
    'a deploy of one server that failed',
    { command: 'ict deploy', exitCode: 10, deploy: { isLimited: true, hosts: [{ address: 'server.web', outcome: 'failed' }] } },
    { operation: 'deploy', targets: ['server.web'], summary: 'failed on 1 host', exitCode: 10 },
  ],
  ['what a deploy has applied', { command: 'ict deploy' }, { operation: 'deploy', targets: undefined, summary: '1 change', exitCode: 0 }],
])('%s', (_reason, more, expected) => {
  const result = toLastResult(record(more));
  expect(result && { ...result, summary: render(result.summary), finishedAtMs: undefined }).toEqual({
    ...(expected as object),
    finishedAtMs: undefined,
  });
  expect(result?.finishedAtMs).toBe(Date.UTC(2026, 0, 1, 12));
});

test('operations that lenses do not speak of are left out', () => expect(toLastResult(record({ command: 'ict destroy' }))).toBeUndefined());

const noTimers = { after: () => () => undefined };

test('asking never waits, and tells when there is something new', async () => {
  let [now, reads, changes] = [0, 0, 0];
  const values = new ResultValues({
    read: () => {
      reads += 1;
      return Promise.resolve([record()]);
    },
    clock: { now: () => now, elapsed: () => now, sleep: () => Promise.resolve() },
    timers: noTimers,
    onChanged: () => (changes += 1),
  });
  const place = { folder: '/project', project: 'shop' };
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  expect(values.resultsOf(place)).toEqual([]);
  expect(values.resultsOf(place)).toEqual([]);
  await settle();
  expect(values.resultsOf(place)).toHaveLength(1);
  expect([reads, changes]).toEqual([1, 1]);
  now += 5000;
  expect(values.resultsOf(place)).toHaveLength(1);
  await settle();
  // The same again is no news.
  expect([reads, changes]).toEqual([2, 1]);
});

test('a history that may have changed is read at once, and told only when it has', async () => {
  let history = [record()];
  const log: string[] = [];
  const values = new ResultValues({
    read: () => {
      log.push('read');
      return Promise.resolve(history);
    },
    clock: { now: () => 0, elapsed: () => 0, sleep: () => Promise.resolve() },
    timers: noTimers,
    onChanged: () => log.push('changed'),
  });
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  values.renew();
  expect(log).toEqual([]);
  values.resultsOf({ folder: '/project', project: 'shop' });
  await settle();
  values.renew();
  await settle();
  expect(log).toEqual(['read', 'changed', 'read']);
  history = [record({ exitCode: 9 }), record()];
  values.renew();
  // What changes during a reading is not missed by it.
  values.renew();
  await settle();
  expect(log.slice(3)).toEqual(['read', 'read', 'changed']);
  expect(values.resultsOf({ folder: '/project', project: 'shop' })).toHaveLength(2);
});

test('a lens does not say "now" for ever: who shows an age is told when it has become another', async () => {
  let [now, changes] = [Date.UTC(2026, 0, 1, 12, 0, 10), 0];
  const waiting: { readonly ms: number; readonly action: () => void }[] = [];
  const values = new ResultValues({
    read: () => Promise.resolve([record()]),
    clock: { now: () => now, elapsed: () => now, sleep: () => Promise.resolve() },
    timers: { after: (ms, action) => (waiting.push({ ms, action }), () => undefined) },
    onChanged: () => (changes += 1),
  });
  const place = { folder: '/project', project: 'shop' };
  values.resultsOf(place);
  await new Promise((resolve) => setImmediate(resolve));
  values.resultsOf(place);
  values.resultsOf(place);
  expect(waiting.map(({ ms }) => ms)).toEqual([50_000]);
  now += 50_000;
  waiting[0]?.action();
  expect([changes, waiting.length]).toEqual([2, 1]);
  values.resultsOf(place);
  expect(waiting[1]?.ms).toBe(60_000);
  now += 3_600_000 * 30;
  waiting[1]?.action();
  values.resultsOf(place);
  expect(waiting[2]?.ms).toBe(86_400_000 - (3_600_000 * 30 + 60_000 - 86_400_000));
});
