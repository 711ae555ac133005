import { t, type Text, verbatim } from '#schemas/text/text.ts';
import type { HistoryMark } from './find-marks.ts';
import type { FigureFormat } from './format-figures.ts';
import type { Chart, ChartLine, ChartUnit } from './list-charts.ts';

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

/** A line's value at one row, with the highest of its step where that reads differently; undefined where nothing is known. */
export function formatRow({ values, peaks }: ChartLine, row: number, unit: ChartUnit, format: FigureFormat): Text | undefined {
  const [value, peak] = [values[row], peaks?.[row]];
  if (typeof value !== 'number') return undefined;
  const [shown, highest] = [formatValue(value, unit, format), typeof peak === 'number' ? formatValue(peak, unit, format) : undefined];
  return highest === undefined || highest === shown ? verbatim(shown) : t('{0}, peak {1}', shown, highest);
}

/** What a chart says at one row, for who does not see it: the moment, each line's value, and what was done then. */
export function describeMoment(
  chart: Chart,
  { seconds, row }: { readonly seconds: number; readonly row: number },
  marks: readonly HistoryMark[],
  format: FigureFormat,
): readonly Text[] {
  const values = chart.lines.map((line) => {
    const value = formatRow(line, row, chart.unit, format);
    return value === undefined ? t('{0}: not known', line.label) : t('{0}: {1}', line.label, value);
  });
  return [verbatim(format.fullMoment(seconds * 1000)), ...values, ...marks.map(({ text }) => text)];
}
