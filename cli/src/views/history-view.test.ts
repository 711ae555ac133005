import pc from 'picocolors';
import { expect, test } from 'vitest';
import { createTextRenderer } from '#core/text/render-text.ts';
import type { FigureSeries, MetricsHistoryAnswer } from '#schemas/metrics/metrics-history.ts';
import { renderHistory } from './history-view.ts';

const atSeconds = Array.from({ length: 100 }, (_, index) => index * 15);
const series = (figure: FigureSeries['figure'], valueAt: (index: number) => number | null): FigureSeries => ({
  figure,
  mean: atSeconds.map((_at, index) => valueAt(index)),
  highest: atSeconds.map((_at, index) => valueAt(index)),
});
const answer: MetricsHistoryAnswer = {
  kind: 'metrics-history',
  format: 1,
  project: 'shop',
  stepSeconds: 15,
  atSeconds,
  servers: [
    {
      address: 'server.web-1',
      series: [
        series('cpuRatio', (index) => (index < 50 ? 0 : 1)),
        series('iowaitRatio', () => 0.1),
        series('receivedBytesPerSecond', (index) => (index < 50 ? null : 2048)),
      ],
    },
  ],
  marks: [],
};
const render = (columns: number): readonly string[] =>
  renderHistory(answer, { render: createTextRenderer('en', {}), style: pc.createColors(false), columns })
    .trimEnd()
    .split('\n');

test('a row of bars for each figure, with its mean and highest; gaps are gaps', () => {
  const [head, cpu, received, ...others] = render(80);
  expect(head).toMatch(/^server +figure +over time +mean +highest$/);
  expect(cpu).toMatch(/^web-1 +cpu +▁{11}█{11} +50% +100%$/);
  expect(received).toMatch(/^web-1 +in\/s +\u2007{11}█{11} +2.0 kB +2.0 kB$/);
  expect(others).toEqual([]);
});

test.each([60, 80, 120])('it fits %i columns', (columns) => {
  expect(Math.max(...render(columns).map((line) => line.length))).toBeLessThanOrEqual(columns);
});
