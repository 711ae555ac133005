import { t, type Text, verbatim } from '#schemas/text/text.ts';
import type { HistoryMark } from './find-marks.ts';
import type { FigureFormat } from './format-figures.ts';
import type { Chart, ChartUnit } from './list-charts.ts';

/** A number of a chart with its unit. */
export function formatValue(value: number, unit: ChartUnit, format: FigureFormat): string {
  switch (unit) {
    case 'ratio':
      return format.percent(value);
    case 'load':
      return format.number(value);
    case 'rate':
      return format.rate(value);
    default:
      return unit satisfies never;
  }
}

/** What a chart says at one row, for who does not see it: the moment, each line's value, and what was done then. */
export function describeMoment(
  chart: Chart,
  { seconds, row }: { readonly seconds: number; readonly row: number },
  marks: readonly HistoryMark[],
  format: FigureFormat,
): readonly Text[] {
  const values = chart.lines.map(({ label, values: column }) => {
    const value = column[row];
    return typeof value === 'number' ? t('{0}: {1}', label, formatValue(value, chart.unit, format)) : t('{0}: not known', label);
  });
  return [verbatim(format.fullMoment(seconds * 1000)), ...values, ...marks.map(({ text }) => text)];
}
