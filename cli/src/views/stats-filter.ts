import type { MetricsEvent } from '#schemas/metrics/metrics-event.ts';
import type { ServerFigures } from '#schemas/metrics/server-figures.ts';

/** Figures that rows are sorted and filtered by. Ratios are shares, rates bytes per second. */
const figures = {
  cpu: ({ cpuRatio }) => cpuRatio,
  iowait: ({ iowaitRatio }) => iowaitRatio,
  load: ({ loadRatio }) => loadRatio,
  memory: ({ memory }) => memory?.usedRatio,
  swap: ({ swap }) => swap?.usedRatio,
  disk: ({ diskRatio }) => diskRatio,
  disk_busy: ({ diskBusyRatio }) => diskBusyRatio,
  receive: ({ receivedBytesPerSecond }) => receivedBytesPerSecond,
  transmit: ({ transmittedBytesPerSecond }) => transmittedBytesPerSecond,
  uptime: ({ uptimeSeconds }) => uptimeSeconds,
} satisfies Readonly<Record<string, (figures: ServerFigures) => number | undefined>>;
export type StatsFigure = keyof typeof figures;
export const statsFigures = Object.keys(figures) as readonly StatsFigure[];

/** Value of a figure; undefined for a gap and a server that does not answer. */
export const figureOf = (event: MetricsEvent | undefined, name: StatsFigure): number | undefined =>
  event?.state === 'live' ? figures[name](event.figures) : undefined;

/** Which servers are shown. */
export type StatsFilter = (event: MetricsEvent | undefined) => boolean;

/**
 * Reads `cpu>80%`, `receive >= 1000000`, `disk<50%` or `unreachable`; undefined for anything else. A server without the figure
 * does not match.
 */
export function parseStatsFilter(text: string): StatsFilter | undefined {
  if (text.trim() === 'unreachable') return (event) => event?.state === 'unreachable';
  const match = /^\s*([a-z_]+)\s*(>=|<=|>|<)\s*(\d+(?:\.\d+)?)(%?)\s*$/.exec(text);
  const name = statsFigures.find((figure) => figure === match?.[1]);
  if (!match || name === undefined) return undefined;
  const limit = Number(match[3]) / (match[4] === '%' ? 100 : 1);
  const operator = match[2];
  return (event) => {
    const value = figureOf(event, name);
    if (value === undefined) return false;
    if (operator === '>') return value > limit;
    if (operator === '<') return value < limit;
    return operator === '>=' ? value >= limit : value <= limit;
  };
}

/** Rows by name, or from the highest value down; those without one stand last. */
export function sortStats<Row extends { readonly name: string; readonly event: MetricsEvent | undefined }>(
  rows: readonly Row[],
  by: StatsFigure | 'name',
): readonly Row[] {
  const byName = (left: Row, right: Row): number => left.name.localeCompare(right.name, 'en', { numeric: true });
  if (by === 'name') return [...rows].sort(byName);
  const valueOf = ({ event }: Row): number => figureOf(event, by) ?? Number.NEGATIVE_INFINITY;
  return [...rows].sort((left, right) => {
    const [a, b] = [valueOf(left), valueOf(right)];
    return a === b ? byName(left, right) : b - a;
  });
}
