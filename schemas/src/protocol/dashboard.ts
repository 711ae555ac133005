import * as z from 'zod';
import { address } from '../infra/names.ts';
import { keptFigures } from '../metrics/kept-figures.ts';
import { metricsHistory } from '../metrics/metrics-history.ts';

/** Ranges of time a dashboard can show, in the words of `ict stats --since`. */
export const dashboardRanges = ['5m', '1h', '6h', '24h', '7d', '30d'] as const;
export type DashboardRange = (typeof dashboardRanges)[number];

/** What a dashboard is about: servers of one infra file. */
export const dashboardTarget = z.object({
  file: z.string(),
  title: z.string(),
  /** Addresses, entries or groups; without it the whole project. */
  names: z.array(z.string()).optional(),
});
export type DashboardTarget = z.output<typeof dashboardTarget>;

/** What the page keeps by itself, so that a window that is opened again shows the same. */
export const dashboardState = z.object({
  target: dashboardTarget,
  range: z.enum(dashboardRanges),
  isTable: z.boolean(),
  /** Servers with lines; without it the busiest ones. */
  chosen: z.array(address).optional(),
});
export type DashboardState = z.output<typeof dashboardState>;

/** What a server did at one moment; a figure that was not heard is absent. */
export const metricPoint = z.object({ atSeconds: z.number(), values: z.partialRecord(z.enum(keptFigures), z.number()) });
export type MetricPoint = z.output<typeof metricPoint>;

const dashboardServer = z.object({
  address,
  name: z.string(),
  /** What it is doing now, in the words of the tree. */
  status: z.string(),
});
export type DashboardServer = z.output<typeof dashboardServer>;

/** Extension to page. */
export const dashboardMessage = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('open'),
    language: z.enum(['en', 'ru']),
    /** Translations by the English message. */
    bundle: z.record(z.string(), z.string()),
    state: dashboardState,
  }),
  /** Which servers there are now; undefined while the project has not been read. */
  z.object({ kind: z.literal('servers'), servers: z.array(dashboardServer).optional() }),
  z.object({
    kind: z.literal('history'),
    range: z.enum(dashboardRanges),
    answer: metricsHistory,
    /** What was heard in this window, also when nobody keeps a history. */
    live: z.array(z.object({ address, points: z.array(metricPoint) })),
  }),
  /** The history could not be read; the text is a sentence in the reader's language. */
  z.object({ kind: z.literal('trouble'), range: z.enum(dashboardRanges), text: z.string() }),
  z.object({ kind: z.literal('live'), address, point: metricPoint, status: z.string() }),
]);
export type DashboardMessage = z.output<typeof dashboardMessage>;

/** Page to extension. */
export const dashboardRequest = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('read'), range: z.enum(dashboardRanges) }),
  /** The user asks for a file; the extension asks where and writes. Base64 for a picture. */
  z.object({ kind: z.literal('save'), format: z.enum(['csv', 'png']), content: z.string() }),
]);
export type DashboardRequest = z.output<typeof dashboardRequest>;
