import type { RenderText } from '#core/text/render-text.ts';
import { asciiBars, drawSparkline, terminalBars, toBars } from '#core/text/sparkline.ts';
import { splitAddress } from '#schemas/infra/names.ts';
import type { KeptFigure } from '#schemas/metrics/kept-figures.ts';
import type { FigureSeries, HistoryMark, MetricsHistoryAnswer } from '#schemas/metrics/metrics-history.ts';
import { t, type Text } from '#schemas/text/text.ts';
import type { Style } from '../terminal/style.ts';
import { formatBytes, shortenName } from './stats-view.ts';
import { countCells, renderTable } from './table-view.ts';

export interface StatsHistoryOptions {
  readonly render: RenderText;
  readonly style: Style;
  /** Width of the terminal. */
  readonly columns: number;
  readonly isUnicode: boolean;
}

interface Row {
  readonly title: Text;
  readonly format: (value: number) => string;
  /** Value that fills a sparkline's cell; without it the highest one does. */
  readonly top?: number;
  /** Shown of every server; the others only where one server is shown. */
  readonly isMain?: boolean;
}

const percent = (ratio: number): string => `${(ratio * 100).toFixed(ratio > 0 && ratio < 0.095 ? 1 : 0)}%`;
const share = { format: percent, top: 1 };

const rows: Readonly<Record<KeptFigure, Row>> = {
  cpuRatio: { title: t('cpu'), ...share, isMain: true },
  iowaitRatio: { title: t('iowait'), ...share },
  loadRatio: { title: t('load per core'), format: (value) => value.toFixed(2) },
  memoryRatio: { title: t('memory'), ...share, isMain: true },
  swapRatio: { title: t('swap'), ...share },
  diskRatio: { title: t('disk'), ...share, isMain: true },
  diskBusyRatio: { title: t('disk busy'), ...share },
  readBytesPerSecond: { title: t('read/s'), format: formatBytes },
  writtenBytesPerSecond: { title: t('written/s'), format: formatBytes },
  receivedBytesPerSecond: { title: t('in/s'), format: formatBytes, isMain: true },
  transmittedBytesPerSecond: { title: t('out/s'), format: formatBytes, isMain: true },
  upRatio: { title: t('answered'), ...share, isMain: true },
};

/** A sparkline shorter than this says nothing, a longer one than that no more. */
const [SHORTEST, LONGEST] = [8, 60];

/** What was kept, as a table: a figure a line, with its course, mean and highest value; below it what was done meanwhile. */
export function renderStatsHistory(history: MetricsHistoryAnswer, options: StatsHistoryOptions): string {
  const { render, style } = options;
  const heard = history.servers.filter(({ series }) => series.length > 0);
  const silent = history.servers.filter(({ series }) => series.length === 0);
  const lines = heard.flatMap(({ address, series }) =>
    series
      .filter(({ figure }) => heard.length === 1 || rows[figure].isMain === true)
      .map((item) => ({ server: shortenName(splitAddress(address).name), item, ...rows[item.figure] })),
  );
  const cells = lines.map(({ server, item, title, format }) => [server, render(title), format(meanOf(item)), format(highestOf(item))]);
  const [first, second, ...last] = [t('server'), t('figure'), t('mean'), t('highest')].map(render);
  const head = [first ?? '', second ?? '', render(t('course')), ...last];
  const used = [first, second, ...last].map((title, at) =>
    Math.max(...[title ?? '', ...cells.map((row) => row[at] ?? '')].map(countCells)),
  );
  // Two blanks after each of the other columns.
  const room = options.columns - used.reduce((sum, width) => sum + width + 2, 0);
  const spark = ({ item, top }: (typeof lines)[number]): string =>
    room < SHORTEST
      ? ''
      : drawSparkline(toBars(item.mean, Math.min(room, LONGEST), top ?? highestOf(item)), options.isUnicode ? terminalBars : asciiBars);
  const table = renderTable(
    room < SHORTEST ? head.filter((_, at) => at !== 2) : head,
    cells.map(([server = '', title = '', ...values], at) => {
      const line = lines[at];
      return [server, title, ...(room < SHORTEST || !line ? [] : [spark(line)]), ...values];
    }),
    style,
  );
  const [from, to] = [history.atSeconds[0] ?? 0, (history.atSeconds.at(-1) ?? 0) + history.stepSeconds];
  return [
    ...(heard.length > 0 ? [style.dim(render(t('{0} to {1} UTC', formatTime(from * 1000), formatTime(to * 1000)))), table.trimEnd()] : []),
    ...silent.map(({ address }) => `${shortenName(splitAddress(address).name)}  ${style.dim(render(t('nothing was kept')))}`),
    ...history.marks.map((mark) => renderMark(mark, options)),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

const SHOWN = 4;

function renderMark({ at, text, servers }: HistoryMark, { render, style }: StatsHistoryOptions): string {
  const names = servers.map((address) => shortenName(splitAddress(address).name));
  const shown = names.length <= SHOWN ? names.join(' ') : `${names.slice(0, SHOWN).join(' ')} … (${names.length})`;
  return `${style.dim(formatTime(Date.parse(at)))}  ${render(text)}: ${shown}`;
}

/** Gaps count for nothing. */
function meanOf({ mean }: FigureSeries): number {
  const heard = mean.filter((value) => value !== null);
  return heard.reduce((sum, value) => sum + value, 0) / Math.max(1, heard.length);
}

const highestOf = ({ highest }: FigureSeries): number => highest.reduce<number>((top, value) => Math.max(top, value ?? 0), 0);

const formatTime = (ms: number): string => new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
