import type { RenderText } from '#core/text/render-text.ts';
import { showHidden } from '#core/text/show-hidden.ts';
import { describeReadFailure } from '#schemas/metrics/describe-read-failure.ts';
import type { MetricsEvent } from '#schemas/metrics/metrics-event.ts';
import type { ServerFigures } from '#schemas/metrics/server-figures.ts';
import { t, type Text } from '#schemas/text/text.ts';
import type { Style } from '../terminal/style.ts';
import { withoutCodes } from '../terminal/terminal-codes.ts';
import { renderTable } from './table-view.ts';

/** A server and the newest that is known of it. */
export interface StatsRow {
  readonly name: string;
  readonly event: MetricsEvent | undefined;
}

export interface StatsViewOptions {
  readonly render: RenderText;
  readonly style: Style;
  /** Width of the terminal. */
  readonly columns: number;
}

interface Column {
  readonly title: Text;
  readonly cell: (figures: ServerFigures) => Text | string;
  /** Columns with lower numbers go first when the terminal is narrow. */
  readonly weight: number;
}

/** Longest name that is shown whole. */
const NAME_CELLS = 24;

const columns: readonly Column[] = [
  { title: t('cpu'), cell: ({ cpuRatio }) => percent(cpuRatio), weight: 9 },
  { title: t('iowait'), cell: ({ iowaitRatio }) => percent(iowaitRatio), weight: 2 },
  { title: t('load'), cell: ({ load1 }) => load1?.toFixed(load1 < 10 ? 2 : 1) ?? '', weight: 3 },
  { title: t('memory'), cell: ({ memory }) => ofTotal(memory), weight: 8 },
  { title: t('swap'), cell: ({ swap }) => percent(swap?.usedRatio), weight: 0 },
  { title: t('disk'), cell: ({ disks, diskRatio }) => fullest(disks, diskRatio), weight: 7 },
  { title: t('disk busy'), cell: ({ diskBusyRatio }) => percent(diskBusyRatio), weight: 1 },
  { title: t('in/s'), cell: ({ receivedBytesPerSecond: value }) => (value === undefined ? '' : formatBytes(value)), weight: 6 },
  { title: t('out/s'), cell: ({ transmittedBytesPerSecond: value }) => (value === undefined ? '' : formatBytes(value)), weight: 5 },
  { title: t('up'), cell: ({ uptimeSeconds }) => (uptimeSeconds === undefined ? '' : formatUptime(uptimeSeconds)), weight: 4 },
];

/** The servers as a table that fits the terminal: columns of less weight are left out until it does. Below it those without figures. */
export function renderStats(rows: readonly StatsRow[], options: StatsViewOptions): string {
  const { render, style } = options;
  const live = rows.flatMap(({ name, event }) => (event?.state === 'live' ? [{ name: shortenName(name), figures: event.figures }] : []));
  const silent = rows.filter(({ event }) => event?.state !== 'live');
  const say = (cell: Text | string): string => (typeof cell === 'string' ? cell : render(cell));
  let shown = [...columns];
  let table = '';
  for (;;) {
    const cells = live.map(({ name, figures }) => [name, ...shown.map(({ cell }) => say(cell(figures)))]);
    const head = [t('server'), ...shown.map(({ title }) => title)].map(render);
    table = renderTable(head, cells, style);
    if (widthOf(table) <= options.columns || shown.length <= 1) break;
    const lightest = Math.min(...shown.map(({ weight }) => weight));
    shown = shown.filter(({ weight }) => weight > lightest);
  }
  const lines = silent.map(({ name, event }) => `${shortenName(name)}  ${style.red(render(saySilence(event)))}\n`);
  return (live.length > 0 ? table : '') + lines.join('');
}

/** Cells of the widest line, without colours. */
function widthOf(table: string): number {
  const segmenter = new Intl.Segmenter();
  return Math.max(
    ...withoutCodes(table)
      .split('\n')
      .map((line) => Array.from(segmenter.segment(line)).length),
  );
}

function saySilence(event: MetricsEvent | undefined): Text {
  if (event?.state !== 'unreachable') return t('not looked at yet');
  return t('no metrics since {0}: {1}', event.since.slice(0, 19).replace('T', ' '), describeReadFailure(event.why));
}

const percent = (ratio: number | undefined): string => (ratio === undefined ? '' : `${Math.round(ratio * 100)}%`);

const ofTotal = (filled: ServerFigures['memory']): Text | string =>
  filled ? t('{0} of {1}', percent(filled.usedRatio), formatBytes(filled.totalBytes)) : '';

/** The fullest disk, with its path where it is not the root. */
function fullest(disks: ServerFigures['disks'], ratio: number | undefined): string {
  const disk = disks.find(({ usedRatio }) => usedRatio === ratio);
  return disk && disk.mountpoint !== '/' ? `${percent(ratio)} ${shortenName(disk.mountpoint)}` : percent(ratio);
}

const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

/** Bytes for people, in units of 1024: `980 B`, `1.2 MB`. */
export function formatBytes(bytes: number): string {
  let [value, unit] = [bytes, 0];
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${value < 9.95 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

function formatUptime(seconds: number): Text {
  if (seconds < 3600) return t('{0} min', Math.floor(seconds / 60));
  return seconds < 172_800 ? t('{0} h', Math.floor(seconds / 3600)) : t('{0} d', Math.floor(seconds / 86_400));
}

/** A name that fits a column: what is hidden in it is shown, and a long one is cut off. */
export function shortenName(name: string): string {
  const shown = showHidden(name);
  return shown.length > NAME_CELLS ? `${shown.slice(0, NAME_CELLS - 1)}…` : shown;
}
