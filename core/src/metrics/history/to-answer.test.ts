import { describe, expect, test } from 'vitest';
import type { KeptFigure } from '#schemas/metrics/kept-figures.ts';
import { metricsHistory } from '#schemas/metrics/metrics-history.ts';
import type { HistorySummary } from '../../ports/history.ts';
import type { HistoryStep } from './open-history.ts';
import { toHistoryAnswer, toMarks } from './to-answer.ts';

const step = (atSeconds: number, values: Partial<Record<KeptFigure, number>>): HistoryStep => ({
  atSeconds,
  values: new Map(Object.entries(values).map(([name, value]) => [name as KeptFigure, { mean: value, highest: value * 2 }])),
});

test('a column for each figure that was heard, null where it was not; the steps stand once', () => {
  const web = { stepSeconds: 15, steps: [step(0, { upRatio: 1, cpuRatio: 0.25 }), step(15, { upRatio: 0 }), step(30, {})] };
  const db = { stepSeconds: 15, steps: [step(0, {}), step(15, {}), step(30, {})] };
  const answer = toHistoryAnswer(
    'shop',
    [
      { address: 'server.web', kept: web },
      { address: 'server.db', kept: db },
    ],
    [],
  );
  expect(metricsHistory.parse(answer)).toEqual({
    kind: 'metrics-history',
    format: 1,
    project: 'shop',
    stepSeconds: 15,
    atSeconds: [0, 15, 30],
    servers: [
      {
        address: 'server.web',
        series: [
          { figure: 'cpuRatio', mean: [0.25, null, null], highest: [0.5, null, null] },
          { figure: 'upRatio', mean: [1, 0, null], highest: [2, 0, null] },
        ],
      },
      { address: 'server.db', series: [] },
    ],
    marks: [],
  });
});

test('no servers, no steps', () => {
  expect(toHistoryAnswer('shop', [], [])).toMatchObject({ atSeconds: [], servers: [] });
});

describe('marks', () => {
  const run = (hour: number, more: Partial<HistorySummary> = {}): HistorySummary => ({
    run: `run-${hour}`,
    finishedAt: `2026-01-01T0${hour}:00:00.000Z`,
    command: 'ict apply',
    exitCode: 0,
    plan: { changes: [{ address: 'server.web', action: 'create' }] },
    result: { succeeded: [], failed: [], skipped: [] },
    ...more,
  });
  const deployed: Partial<HistorySummary> = {
    command: 'ict deploy',
    plan: { changes: [] },
    deploy: { isLimited: false, hosts: [{ address: 'server.db', outcome: 'ok' }] },
  };
  const powered: Partial<HistorySummary> = {
    command: 'ict power stop',
    plan: { changes: [{ address: 'server.web', action: 'power' }] },
  };

  test('what was done, in the order of time, with the servers it touched', () => {
    const marks = toMarks([run(3, powered), run(2, deployed), run(1)], 0);
    expect(marks.map(({ kind, text, servers, at }) => [at.slice(11, 13), kind, text.args?.[0], servers])).toEqual([
      ['01', 'apply', 'ict apply', ['server.web']],
      ['02', 'deploy', 'ict deploy', ['server.db']],
      ['03', 'power', 'ict power stop', ['server.web']],
    ]);
  });

  test('one that failed says so', () => {
    expect(toMarks([run(1, { exitCode: 10 })], 0)[0]?.text).toEqual({ text: '{0}, exit code {1}', args: ['ict apply', 10] });
  });

  test.each<[string, HistorySummary]>([
    ['was before', run(1)],
    ['touched no server', run(3, { plan: { changes: [{ address: 'network.back', action: 'create' }] } })],
    ['changed nothing', run(3, { plan: { changes: [{ address: 'server.web', action: 'no-op' }] } })],
  ])('a run that %s has none', (_reason, one) => {
    expect(toMarks([one], Date.UTC(2026, 0, 1, 2))).toEqual([]);
  });
});
