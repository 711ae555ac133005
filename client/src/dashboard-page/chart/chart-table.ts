import type { RenderText } from '#core/text/render-text.ts';
import { t, type Text, verbatim } from '#schemas/text/text.ts';
import { formatRow, formatValue } from '../../charts/describe-moment.ts';
import { type FigureTable, summarizeColumn } from '../../charts/figure-table.ts';
import type { FigureFormat } from '../../charts/format-figures.ts';
import type { Chart, ChartLine } from '../../charts/list-charts.ts';
import { element } from '../dom/elements.ts';

/** A chart in words: for each line its newest, lowest, mean and highest value, then the course of time. */
export function createChartTable(chart: Chart, thin: FigureTable, render: RenderText, format: FigureFormat): HTMLElement {
  const say = (value: number | null | undefined): string => (typeof value === 'number' ? formatValue(value, chart.unit, format) : '–');
  const lines = chart.lines.map((line): ChartLine => {
    const [values = [], peaks] = [thin.servers, thin.highest].map((columns) => columns?.get(line.address)?.[line.figure]);
    return { ...line, values, ...(peaks ? { peaks } : {}) };
  });
  const summaries: readonly (readonly [Text, (row: number) => number | undefined])[] = [
    [t('now'), (line) => summarizeColumn(chart.lines[line]?.values ?? [])?.newest],
    [t('lowest'), (line) => summarizeColumn(chart.lines[line]?.values ?? [])?.lowest],
    [t('mean'), (line) => summarizeColumn(chart.lines[line]?.values ?? [])?.mean],
    [t('highest'), (line) => summarizeColumn(chart.lines[line]?.values ?? [], chart.lines[line]?.peaks)?.highest],
  ];
  const row = (head: string, cells: readonly string[]): HTMLElement =>
    element('tr', {}, element('th', { scope: 'row' }, head), ...cells.map((cell) => element('td', {}, cell)));
  const head = element(
    'tr',
    {},
    element('th', { scope: 'col' }, render(t('Time'))),
    ...chart.lines.map(({ label }) => element('th', { scope: 'col' }, render(label))),
  );
  return element(
    'section',
    { class: 'chart' },
    element(
      'table',
      {},
      element('caption', {}, render(chart.title)),
      element('thead', {}, head),
      element(
        'tbody',
        { class: 'summary' },
        ...summaries.map(([name, read]) =>
          row(
            render(name),
            chart.lines.map((_, line) => say(read(line))),
          ),
        ),
      ),
      element(
        'tbody',
        {},
        ...thin.atSeconds.map((seconds, index) =>
          row(
            format.fullMoment(seconds * 1000),
            lines.map((line) => render(formatRow(line, index, chart.unit, format) ?? verbatim('–'))),
          ),
        ),
      ),
    ),
  );
}
