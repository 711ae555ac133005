import { expect, test } from 'vitest';
import { createTextRenderer } from '#core/text/render-text.ts';
import { t, verbatim } from '#schemas/text/text.ts';
import { describeMoment, formatRow, formatValue } from './describe-moment.ts';
import { type HistoryMark, marksNear, marksOf } from './find-marks.ts';
import { createFigureFormat } from './format-figures.ts';
import type { Chart } from './list-charts.ts';

const render = createTextRenderer('en', {});
const format = createFigureFormat('en');
const SECONDS = Date.parse('2026-01-01T10:42:05') / 1000;
const mark = (offset: number, servers: HistoryMark['servers'] = []): HistoryMark => ({
  at: new Date((SECONDS + offset) * 1000).toISOString(),
  kind: 'deploy',
  text: t('Deploy {0}', String(offset)),
  servers: [...servers],
});

test('a moment is told with every line and with what was done then', () => {
  const chart: Chart = {
    id: 'cpu',
    title: verbatim('Processor'),
    unit: 'ratio',
    lines: [
      { address: 'server.web', figure: 'cpuRatio', label: verbatim('busy'), style: 0, values: [0.1, 0.25], peaks: [0.1, 0.9] },
      { address: 'server.web', figure: 'iowaitRatio', label: verbatim('waiting'), style: 1, values: [0.1, null] },
    ],
  };
  const texts = describeMoment(chart, { seconds: SECONDS, row: 1 }, [mark(0)], format).map(render);
  expect(texts).toEqual(['Jan 1, 2026, 10:42:05', 'busy: 25%, peak 90%', 'waiting: not known', 'Deploy 0']);
});

test.each<[string, number | null, number | undefined, string | undefined]>([
  ['a mean alone', 0.25, undefined, '25%'],
  ['a peak that reads the same', 0.25, 0.2501, '25%'],
  ['a peak', 0.25, 0.5, '25%, peak 50%'],
  ['nothing known', null, undefined, undefined],
])('a row: %s', (_reason, value, peak, expected) => {
  const line = { address: 'server.web', figure: 'cpuRatio', label: verbatim(''), style: 0, values: [value] } as const;
  const text = formatRow({ ...line, ...(peak === undefined ? {} : { peaks: [peak] }) }, 0, 'ratio', format);
  expect(text && render(text)).toBe(expected);
});

test.each([
  ['ratio', 0.5, '50%'],
  ['load', 1.234, '1.23'],
  ['rate', 2048, '2 kB/s'],
] as const)('a %s with its unit', (unit, value, expected) => expect(formatValue(value, unit, format)).toBe(expected));

test('marks of other servers are left out; one without servers is about all', () => {
  const marks = [mark(0, ['server.web']), mark(1, ['server.db']), mark(2)];
  expect(marksOf(marks, ['server.web']).map(({ text }) => render(text))).toEqual(['Deploy 0', 'Deploy 2']);
});

test('the nearest mark comes first, and those too far away not at all', () => {
  expect(marksNear([mark(-9), mark(20), mark(3)], SECONDS, 10).map(({ text }) => render(text))).toEqual(['Deploy 3', 'Deploy -9']);
});
