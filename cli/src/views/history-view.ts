import type { RenderText } from '#core/text/render-text.ts';
import { drawSparkline } from '#core/text/sparkline.ts';
import { splitAddress } from '#schemas/infra/names.ts';
import type { KeptFigure } from '#schemas/metrics/kept-figures.ts';
import type { FigureSeries, MetricsHistoryAnswer } from '#schemas/metrics/metrics-history.ts';
import { t, type Text } from '#schemas/text/text.ts';
import type { Style } from '../terminal/style.ts';
import { formatBytes } from './stats-view.ts';
import { renderTable } from './table-view.ts';

export interface HistoryViewOptions {
  readonly render: RenderText;
  readonly style: Style;
  /** Width of the terminal. */
  readonly columns: number;
}

/** Figures that a terminal has room for; a program gets all. */
const shown: readonly { readonly figure: KeptFigure; readonly title: Text; readonly unit: 'ratio' | 'bytes' }[] = [
  { figure: 'cpuRatio', title: t('cpu'), unit: 'ratio' },
  { figure: 'memoryRatio', title: t('memory'), unit: 'ratio' },
  { figure: 'diskRatio', title: t('disk'), unit: 'ratio' },
  { figure: 'receivedBytesPerSecond', title: t('in/s'), unit: 'bytes' },
  { figure: 'transmittedBytesPerSecond', title: t('out/s'), unit: 'bytes' },
  { figure: 'upRatio', title: t('reachable'), unit: 'ratio' },
];

/** What the other columns take, at the most. */
const OTHER_CELLS = 58;
const [MIN_BARS, MAX_BARS] = [8, 60];

/** Each figure of each server over time as a row of bars, with its mean and highest. */
export function renderHistory({ servers }: MetricsHistoryAnswer, { render, style, columns }: HistoryViewOptions): string {
  const bars = Math.min(MAX_BARS, Math.max(MIN_BARS, columns - OTHER_CELLS));
  const rows = servers.flatMap(({ address, series }) =>
    shown.flatMap(({ figure, title, unit }) => {
      const found = series.find((one) => one.figure === figure);
      if (!found) return [];
      const { mean, highest } = summarize(found);
      const say = (value: number): string => (unit === 'ratio' ? `${Math.round(value * 100)}%` : formatBytes(value));
      const full = unit === 'ratio' ? 1 : Math.max(highest, 1);
      return [[splitAddress(address).name, render(title), drawSparkline(toBars(found.mean, bars, full)), say(mean), say(highest)]];
    }),
  );
  return renderTable([t('server'), t('figure'), t('over time'), t('mean'), t('highest')].map(render), rows, style);
}

function summarize({ mean, highest }: FigureSeries): { readonly mean: number; readonly highest: number } {
  const known = mean.filter((value) => value !== null);
  return {
    mean: known.reduce((sum, value) => sum + value, 0) / Math.max(1, known.length),
    highest: highest.reduce<number>((most, value) => Math.max(most, value ?? 0), 0),
  };
}

/** The values as so many bars, each the mean of what was known in its part of the time. */
function toBars(values: readonly (number | null)[], count: number, full: number): readonly (number | undefined)[] {
  const bars = Math.min(count, values.length);
  return Array.from({ length: bars }, (_, bar) => {
    const part = values.slice(Math.floor((bar * values.length) / bars), Math.floor(((bar + 1) * values.length) / bars));
    const known = part.filter((value) => value !== null);
    return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0) / known.length / full;
  });
}
