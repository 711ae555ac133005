import uPlot from 'uplot';
import type { RenderText } from '#core/text/render-text.ts';
import { t } from '#schemas/text/text.ts';
import { describeMoment, formatRow, formatValue } from '../../charts/describe-moment.ts';
import { findLoneRows } from '../../charts/figure-table.ts';
import { type HistoryMark, marksNear } from '../../charts/find-marks.ts';
import type { FigureFormat } from '../../charts/format-figures.ts';
import { styleOf } from '../../charts/line-styles.ts';
import type { Chart } from '../../charts/list-charts.ts';
import { drawMarks, drawPeaks } from './draw-over-lines.ts';
import { labelTimes } from './time-axis.ts';
import { drawSwatch } from '../dom/draw-swatch.ts';
import { element } from '../dom/elements.ts';
import type { PageTheme } from '../dom/read-theme.ts';

/** What a chart is drawn with. */
export interface ChartSurroundings {
  readonly render: RenderText;
  readonly format: FigureFormat;
  readonly language: string;
  readonly theme: PageTheme;
  /** Reads a sentence to who listens. */
  readonly announce: (text: string) => void;
}

/** What a chart shows; the moments are the rows of its lines. */
export interface ChartContents {
  readonly chart: Chart;
  readonly atSeconds: readonly number[];
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly marks: readonly HistoryMark[];
}

/** A chart on the page. */
export interface ChartView {
  readonly root: HTMLElement;
  readonly plot: uPlot;
  update(contents: ChartContents): void;
  destroy(): void;
}

const HEIGHT = 200;
/** Room for the labels below and beside a chart, CSS pixels. */
const [BELOW, BESIDE] = [30, 68];
/** Charts with this key have one cursor. */
const SYNC_KEY = 'ict';
/** A mark this close to the cursor is told, CSS pixels. */
const MARK_REACH = 6;
/** Rows that Page Up and Page Down go. */
const PAGE_ROWS = 20;

/** Draws a chart that can be read by mouse, by keys and by ear. */
export function createChartView(first: ChartContents, surroundings: ChartSurroundings): ChartView {
  const { render, theme } = surroundings;
  let contents = first;
  const title = render(first.chart.title);
  const plotHolder = element('div', {
    class: 'plot',
    tabindex: '0',
    role: 'application',
    'aria-roledescription': render(t('chart')),
    'aria-label': render(t('{0}. Left and right read the values, Escape leaves.', first.chart.title)),
  });
  const markText = element('p', { class: 'mark-text', 'aria-hidden': 'true' });
  const root = element('section', { class: 'chart', 'aria-label': title }, element('h2', {}, title), plotHolder, markText);
  const plot = new uPlot(
    toOptions(() => contents, surroundings, markText),
    toData(first),
    plotHolder,
  );
  // The editor's own boxes of one colour would not tell a dash.
  const markers = root.querySelectorAll('.u-legend .u-series:not(:first-child) .u-marker');
  for (const [index, { style }] of first.chart.lines.entries()) markers[index]?.replaceWith(drawSwatch(style, theme));
  const resize = new ResizeObserver(() => plot.setSize({ width: Math.max(200, plotHolder.clientWidth), height: HEIGHT }));
  resize.observe(plotHolder);

  /** The moment that is read by keys: rows move on under it. */
  let readAt: number | undefined;
  const point = (seconds: number): void => {
    // As by the mouse, so that the other charts follow. Any height: only the moment counts.
    const { left, top } = plot.over.getBoundingClientRect();
    plot.over.dispatchEvent(new MouseEvent('mousemove', { clientX: left + plot.valToPos(seconds, 'x'), clientY: top + 1 }));
  };
  const moveTo = (next: number): void => {
    const row = Math.max(0, Math.min(contents.atSeconds.length - 1, next));
    const seconds = contents.atSeconds[row];
    if (seconds === undefined) return;
    readAt = seconds;
    point(seconds);
    const near = marksNear(contents.marks, seconds, reachOf(plot));
    surroundings.announce(describeMoment(contents.chart, { seconds, row }, near, surroundings.format).map(render).join('. '));
  };
  plotHolder.addEventListener('keydown', (event) => {
    const isRead = (seconds: number): boolean => readAt !== undefined && seconds <= readAt;
    const current = readAt === undefined ? (plot.cursor.idx ?? contents.atSeconds.length) : contents.atSeconds.findLastIndex(isRead);
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: current - 1,
      ArrowRight: current + 1,
      PageUp: current - PAGE_ROWS,
      PageDown: current + PAGE_ROWS,
      Home: 0,
      End: contents.atSeconds.length - 1,
    };
    const next = steps[event.key];
    if (next !== undefined) moveTo(next);
    else if (event.key === 'Escape') plotHolder.blur();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  plotHolder.addEventListener('blur', () => {
    readAt = undefined;
    plot.over.dispatchEvent(new MouseEvent('mouseleave'));
  });
  root.style.setProperty('--line-width', `${theme.lineWidth}px`);
  return {
    root,
    plot,
    update: (next) => {
      contents = next;
      plot.setData(toData(next));
      if (readAt !== undefined) point(readAt);
    },
    destroy: () => {
      resize.disconnect();
      plot.destroy();
    },
  };
}

const toData = ({ atSeconds, chart }: ChartContents): uPlot.AlignedData => [
  [...atSeconds],
  ...chart.lines.map(({ values }) => [...values]),
];

/** Seconds that {@link MARK_REACH} stands for. */
const reachOf = (plot: uPlot): number => Math.abs(plot.posToVal(MARK_REACH, 'x') - plot.posToVal(0, 'x'));

function toOptions(read: () => ChartContents, surroundings: ChartSurroundings, markText: HTMLElement): uPlot.Options {
  const { format, language, theme, render } = surroundings;
  const { chart } = read();
  const label = labelTimes(language);
  const axis: uPlot.Axis = {
    stroke: theme.muted,
    font: `11px ${theme.font}`,
    // Borders of full strength would hide the lines.
    grid: { stroke: theme.grid, width: 1, ...(theme.isHighContrast ? { dash: [1, 5] } : {}) },
    ticks: { stroke: theme.grid, width: 1 },
  };
  return {
    width: 400,
    height: HEIGHT,
    cursor: { y: false, sync: { key: SYNC_KEY, setSeries: false }, drag: { x: false, y: false }, points: { size: 7 } },
    padding: [16, 12, 0, 0],
    scales: {
      x: { range: () => [read().fromSeconds, read().toSeconds] },
      y: { range: () => [0, toTop(chart.unit, highestOf(read().chart))] },
    },
    axes: [
      { ...axis, size: BELOW, values: (_plot, splits, _axis, _space, step) => label(splits, step) },
      {
        ...axis,
        size: BESIDE,
        ...(chart.unit === 'rate' ? { incrs: [...byteSteps] } : {}),
        values: (_plot, splits) => splits.map((value) => formatValue(value, chart.unit, format)),
      },
    ],
    series: [
      { label: render(t('Time')), value: (_plot, seconds) => (isKnown(seconds) ? format.moment(seconds * 1000, Date.now()) : '–') },
      ...chart.lines.map(({ label: name, style }): uPlot.Series => {
        const { colour, dash } = styleOf(style);
        return {
          label: render(name),
          stroke: theme.lines[colour],
          width: theme.lineWidth,
          dash: [...dash],
          points: {
            show: true,
            size: theme.lineWidth * 2,
            fill: theme.lines[colour],
            // The first series is the time.
            filter: (_plot, index) => [...findLoneRows(read().chart.lines[index - 1]?.values ?? [])],
          },
          // The first series is the time.
          value: (_plot, _value, index, row) => {
            const line = read().chart.lines[index - 1];
            const text = line && row !== null ? formatRow(line, row, chart.unit, format) : undefined;
            return text ? render(text) : '–';
          },
        };
      }),
    ],
    hooks: {
      draw: [
        (plot) => {
          const { chart: shown, atSeconds, marks } = read();
          // Of several servers the lines alone are many.
          if (shown.lines.every(({ address }) => address === shown.lines[0]?.address)) drawPeaks(plot, shown.lines, atSeconds, theme);
          drawMarks(plot, marks, theme);
        },
      ],
      setCursor: [
        (plot) => {
          const { left = -1 } = plot.cursor;
          const near = left < 0 ? [] : marksNear(read().marks, plot.posToVal(left, 'x'), reachOf(plot));
          markText.textContent = near.map(({ at, text }) => `${format.fullMoment(Date.parse(at))}: ${render(text)}`).join(' · ');
        },
      ],
    },
  };
}

/** Steps between the labels of an axis of bytes: round numbers of kB, MB and GB, which are 1024 of one another. */
const byteSteps = [1, 2, 3].flatMap((power) => [1, 2, 5, 10, 20, 50, 100, 200, 500].map((step) => step * 1024 ** power));

/** Of all lines, peaks included; null where nothing is known. */
const highestOf = ({ lines }: Chart): number | null =>
  lines
    .flatMap(({ values, peaks }) => peaks ?? values)
    .reduce<number | null>((highest, value) => (value === null ? highest : Math.max(highest ?? 0, value)), null);

/** Whatever its types say, uPlot hands over null where there is no value. */
const isKnown = (value: number | null): value is number => value !== null;

/** Shares go to the whole, so that a quiet server looks quiet; the others to their highest, with room above. */
function toTop(unit: Chart['unit'], highest: number | null): number {
  switch (unit) {
    case 'ratio':
      return 1;
    case 'load':
      return Math.max(1, (highest ?? 0) * 1.1);
    case 'rate':
      return Math.max(10_240, (highest ?? 0) * 1.1);
    default:
      return unit satisfies never;
  }
}
