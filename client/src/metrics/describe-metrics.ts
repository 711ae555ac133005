import { drawSparkline } from '#core/text/sparkline.ts';
import { describeReadFailure } from '#schemas/metrics/describe-read-failure.ts';
import type { ServerFigures } from '#schemas/metrics/server-figures.ts';
import { t, type Text, verbatim } from '#schemas/text/text.ts';
import type { FigureFormat } from '../charts/format-figures.ts';
import { judgeFigures, type JudgedFigure, type Severity } from './judge-figures.ts';
import type { ServerMetrics } from './metrics-store.ts';

/** How a row stands out: by its figures, by silence, or not at all. */
export type Alarm = Severity | 'unreachable';

/** Metrics of one server in words. */
export interface MetricsWords {
  /** Short, with a sparkline, for the eye. */
  readonly shown: readonly Text[];
  /** The same for the ear: whole words, no bars, and what is too high by name. */
  readonly spoken: readonly Text[];
  readonly alarm: Alarm | undefined;
}

/** Figures older than this are no longer told as the present, milliseconds. */
export const OLD_MS = 60_000;
/** Bars of a row: more do not fit beside a name. */
const BARS = 6;

const nothing: MetricsWords = { shown: [], spoken: [], alarm: undefined };

/** What the row of a server says of its metrics; nothing while they are unknown or old. `nowMs`: wall clock, for naming the day. */
export function describeMetrics(
  metrics: ServerMetrics | undefined,
  format: FigureFormat,
  times: { readonly ageMs: number; readonly nowMs: number },
): MetricsWords {
  if (!metrics || times.ageMs > OLD_MS) return nothing;
  const { newest, looks, wasLive } = metrics;
  if (newest.state === 'unreachable') {
    if (newest.why === 'no-agent' && !wasLive) return { shown: [t('no metrics agent')], spoken: [t('no metrics agent')], alarm: undefined };
    const since = t('unreachable since {0}', format.moment(Date.parse(newest.since), times.nowMs));
    return { shown: [since], spoken: [since, describeReadFailure(newest.why)], alarm: 'unreachable' };
  }
  const { cpuRatio, memory, diskRatio } = newest.figures;
  const recent = looks.slice(-BARS).map(({ values }) => values.cpuRatio);
  // What was not known yet is no gap.
  const bars = recent.slice(
    Math.max(
      0,
      recent.findIndex((ratio) => ratio !== undefined),
    ),
  );
  const judged = judgeFigures(metrics);
  const shown: Text[] = [];
  const spoken: Text[] = [];
  if (cpuRatio !== undefined) {
    shown.push(t('cpu {0} {1}', format.percent(cpuRatio), drawSparkline(bars)));
    spoken.push(t('processor {0}', format.percent(cpuRatio)));
  }
  if (memory) {
    shown.push(t('ram {0}', format.share(memory.usedBytes, memory.totalBytes)));
    spoken.push(t('memory {0} of {1}', format.percent(memory.usedRatio), format.bytes(memory.totalBytes)));
  }
  if (diskRatio !== undefined) {
    shown.push(t('disk {0}', format.percent(diskRatio)));
    spoken.push(t('disk {0} full', format.percent(diskRatio)));
  }
  return { shown, spoken: [...spoken, ...judged.map(describeVerdict)], alarm: judged[0]?.severity };
}

const describeVerdict = ({ figure, severity }: { readonly figure: JudgedFigure; readonly severity: Severity }): Text =>
  severity === 'critical' ? criticalTexts[figure] : warningTexts[figure];

const warningTexts: Readonly<Record<JudgedFigure, Text>> = {
  cpu: t('warning: the processor is busy'),
  memory: t('warning: little memory is left'),
  disk: t('warning: little disk space is left'),
};
const criticalTexts: Readonly<Record<JudgedFigure, Text>> = {
  cpu: t('critical: the processor is busy'),
  memory: t('critical: hardly any memory is left'),
  disk: t('critical: hardly any disk space is left'),
};

/** Every figure with its name, for a tooltip. */
export function tableMetrics(metrics: ServerMetrics, format: FigureFormat, nowMs: number): readonly (readonly [Text, Text])[] {
  const { newest } = metrics;
  const age: readonly [Text, Text] = [t('looked at'), verbatim(format.moment(Date.parse(newest.at), nowMs))];
  if (newest.state === 'unreachable') {
    const since = verbatim(format.moment(Date.parse(newest.since), nowMs));
    return [[t('no metrics since'), since], [t('reason'), describeReadFailure(newest.why)], age];
  }
  return [
    ...judgeFigures(metrics).map((one): readonly [Text, Text] => [t('attention'), describeVerdict(one)]),
    ...tableFigures(newest.figures, format),
    age,
  ];
}

function tableFigures(figures: ServerFigures, format: FigureFormat): readonly (readonly [Text, Text])[] {
  const rows: (readonly [Text, Text])[] = [];
  const add = <Value>(name: Text, value: Value | undefined, say: (value: Value) => Text | string): void => {
    if (value === undefined) return;
    const said = say(value);
    rows.push([name, typeof said === 'string' ? verbatim(said) : said]);
  };
  const { load1, load5 = 0, load15 = 0 } = figures;
  add(t('processor'), figures.cpuRatio, format.percent);
  add(t('waiting for disk'), figures.iowaitRatio, format.percent);
  add(t('taken by the host'), figures.stealRatio, format.percent);
  add(t('load'), load1, (load) => [load, load5, load15].map(format.number).join(' · '));
  add(t('memory'), figures.memory, (memory) => shareOf(memory, format));
  add(t('swap'), figures.swap, (swap) => shareOf(swap, format));
  for (const disk of figures.disks)
    add(t('disk {0}', disk.mountpoint), disk, ({ usedBytes, sizeBytes: totalBytes, usedRatio }) =>
      shareOf({ usedBytes, totalBytes, usedRatio }, format),
    );
  add(t('disk read'), figures.readBytesPerSecond, format.rate);
  add(t('disk written'), figures.writtenBytesPerSecond, format.rate);
  add(t('disk busy'), figures.diskBusyRatio, format.percent);
  add(t('network in'), figures.receivedBytesPerSecond, format.rate);
  add(t('network out'), figures.transmittedBytesPerSecond, format.rate);
  add(t('running for'), figures.uptimeSeconds, format.span);
  return rows;
}

const shareOf = (filled: NonNullable<ServerFigures['memory']>, format: FigureFormat): Text =>
  t('{0} ({1})', format.share(filled.usedBytes, filled.totalBytes), format.percent(filled.usedRatio));
