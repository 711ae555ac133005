import { describe, expect, test } from 'vitest';
import { createTextRenderer } from '#core/text/render-text.ts';
import { describeReadFailure } from '#schemas/metrics/describe-read-failure.ts';
import type { MetricsEvent } from '#schemas/metrics/metrics-event.ts';
import { readFailures } from '#schemas/metrics/metrics-event.ts';
import { testLook, testSilence } from '#test/helpers/metrics-samples.ts';
import { createFigureFormat } from '../charts/format-figures.ts';
import { describeMetrics, OLD_MS, tableMetrics } from './describe-metrics.ts';
import { MetricsStore, type ServerMetrics } from './metrics-store.ts';

const render = createTextRenderer('en', {});
const format = createFigureFormat('en');
const START = Date.parse('2026-01-01T10:42');
const at = (look: number): string => new Date(START + look * 5000).toISOString();

/** What the store has after these looks. */
function after(events: readonly MetricsEvent[]): ServerMetrics | undefined {
  const store = new MetricsStore();
  for (const event of events) store.take('/a', event);
  return store.of('/a', 'server.web');
}

const busy = (ratio: number, looks = 12): readonly MetricsEvent[] =>
  Array.from({ length: looks }, (_, index) => testLook('web', { at: at(index), cpuRatio: ratio }));

const nearlyFull = (usedRatio: number): MetricsEvent =>
  testLook('web', { at: at(0), diskRatio: usedRatio, memory: { totalBytes: 1024 ** 3, usedBytes: 1024 ** 3 * usedRatio, usedRatio } });

describe.each<[string, readonly MetricsEvent[], string, string, string | undefined]>([
  [
    'a quiet server',
    [0.1, 0.3, 0.99, 0.12].map((cpuRatio, index) => testLook('web', { at: at(index), cpuRatio })),
    'cpu 12% ▁▃█▁ | ram 1.2/2 GB | disk 41%',
    'processor 12% | memory 60% of 2 GB | disk 41% full',
    undefined,
  ],
  [
    'a first look knows no rates',
    [testLook('web', { at: at(0), cpuRatio: undefined })],
    'ram 1.2/2 GB | disk 41%',
    'memory 60% of 2 GB | disk 41% full',
    undefined,
  ],
  [
    'bars begin with the first that is known',
    [testLook('web', { at: at(0), cpuRatio: undefined }), testLook('web', { at: at(1) })],
    'cpu 12% ▁ | ram 1.2/2 GB | disk 41%',
    'processor 12% | memory 60% of 2 GB | disk 41% full',
    undefined,
  ],
  [
    'a silence is a gap between the bars',
    [testLook('web', { at: at(0) }), testSilence('web', { at: at(1) }), testLook('web', { at: at(2) })],
    'cpu 12% ▁\u2007▁ | ram 1.2/2 GB | disk 41%',
    'processor 12% | memory 60% of 2 GB | disk 41% full',
    undefined,
  ],
  [
    'one busy moment is no warning',
    busy(0.99, 5),
    'cpu 99% █████ | ram 1.2/2 GB | disk 41%',
    'processor 99% | memory 60% of 2 GB | disk 41% full',
    undefined,
  ],
  [
    'a busy minute is',
    busy(0.9),
    'cpu 90% ██████ | ram 1.2/2 GB | disk 41%',
    'processor 90% | memory 60% of 2 GB | disk 41% full | warning: the processor is busy',
    'warning',
  ],
  [
    'the worst decides',
    [nearlyFull(0.93)],
    'cpu 12% ▁ | ram 0.9/1 GB | disk 93%',
    'processor 12% | memory 93% of 1 GB | disk 93% full | critical: hardly any disk space is left | warning: little memory is left',
    'critical',
  ],
  [
    'one that does not answer',
    [testLook('web', { at: at(0) }), testSilence('web', { at: at(1), since: at(0) })],
    'unreachable since 10:42',
    'unreachable since 10:42 | no answer in time',
    'unreachable',
  ],
  ['one that never had an agent', [testSilence('web', { at: at(0), why: 'no-agent' })], 'no metrics agent', 'no metrics agent', undefined],
  [
    'one whose agent is gone',
    [testLook('web', { at: at(0) }), testSilence('web', { at: at(1), why: 'no-agent' })],
    'unreachable since 10:42',
    'unreachable since 10:42 | the metrics agent does not run there; ict deploy installs it',
    'unreachable',
  ],
])('%s', (_reason, events, shown, spoken, alarm) => {
  const words = describeMetrics(after(events), format, { ageMs: 10_000, nowMs: START + 10_000 });
  test('for the eye', () => expect(words.shown.map(render).join(' | ')).toBe(shown));
  test('for the ear', () => expect(words.spoken.map(render).join(' | ')).toBe(spoken));
  test('as an alarm', () => expect(words.alarm).toBe(alarm));
});

test('what is old is not told as the present', () => {
  const known = after([testLook('web', { at: at(0) })]);
  expect(describeMetrics(known, format, { ageMs: OLD_MS, nowMs: START }).shown).not.toEqual([]);
  expect(describeMetrics(known, format, { ageMs: OLD_MS + 1, nowMs: START }).shown).toEqual([]);
  expect(describeMetrics(undefined, format, { ageMs: 0, nowMs: START }).shown).toEqual([]);
});

test('the age of metrics does not depend on the wall clock, which may be set at any time', () => {
  let elapsed = 500;
  const store = new MetricsStore(() => elapsed);
  store.take('/a', testLook('web', { at: at(0) }));
  elapsed += 7000;
  const known = store.of('/a', 'server.web');
  expect(known && store.ageOf(known)).toBe(7000);
  for (const nowMs of [START - 3_600_000, START + 3_600_000])
    expect(describeMetrics(known, format, { ageMs: 7000, nowMs }).shown).not.toEqual([]);
});

const table = (event: MetricsEvent): string => {
  const known = after([event]);
  return known
    ? tableMetrics(known, format, START)
        .map((row) => row.map(render).join(': '))
        .join('\n')
    : '';
};

test('the table has every figure that is known, and none that is not', () => {
  const swap = { totalBytes: 1024 ** 3, usedBytes: 0, usedRatio: 0 };
  const rates = { readBytesPerSecond: 0, writtenBytesPerSecond: 2048, receivedBytesPerSecond: 5000, transmittedBytesPerSecond: 100 };
  const figures = { iowaitRatio: 0.02, load1: 0.5, load5: 0.25, load15: 0.1, swap, ...rates, uptimeSeconds: 7200 };
  expect(table(testLook('web', { at: at(0), ...figures }))).toMatchInlineSnapshot(`
    "processor: 12%
    waiting for disk: 2%
    load: 0.5 · 0.25 · 0.1
    memory: 1.2/2 GB (60%)
    swap: 0/1 GB (0%)
    disk /: 16/40 GB (41%)
    disk read: 0 kB/s
    disk written: 2 kB/s
    network in: 4.9 kB/s
    network out: 0.1 kB/s
    running for: 2 hr
    looked at: 10:42"
  `);
});

test('the table of one that does not answer says since when and why', () => {
  expect(table(testSilence('web', { at: at(1), since: at(0), why: 'login' }))).toMatchInlineSnapshot(`
    "no metrics since: 10:42
    reason: SSH does not let us in
    looked at: 10:42"
  `);
});

test('the table names what is too high', () => {
  expect(table(nearlyFull(0.85))).toContain('attention: warning: little disk space is left');
});

test.each(readFailures)('%s has words of its own', (why) => {
  const others = readFailures.filter((other) => other !== why).map((other) => render(describeReadFailure(other)));
  expect(others).not.toContain(render(describeReadFailure(why)));
});
