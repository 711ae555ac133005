import * as z from 'zod';
import { address } from '../infra/names.ts';
import { textSchema } from '../text/text-schema.ts';
import { keptFigures } from './kept-figures.ts';

/** Version of the answer of `ict stats --since`. */
export const METRICS_HISTORY_FORMAT = 1;

/** Something that was done to servers, for the time axis. */
export const historyMark = z.object({
  at: z.iso.datetime(),
  kind: z.enum(['apply', 'deploy', 'power']),
  text: textSchema,
  /** Servers it touched. */
  servers: z.array(address),
});
export type HistoryMark = z.output<typeof historyMark>;

/** A figure of one server: a value for each moment of `atSeconds`, null where nothing was heard. */
const series = z.object({
  figure: z.enum(keptFigures),
  mean: z.array(z.number().nullable()),
  highest: z.array(z.number().nullable()),
});
export type FigureSeries = z.output<typeof series>;

/** What was kept of the metrics of servers over a range of time; every series has the steps of `atSeconds`. */
export const metricsHistory = z.object({
  kind: z.literal('metrics-history'),
  format: z.literal(METRICS_HISTORY_FORMAT),
  project: z.string(),
  stepSeconds: z.number(),
  /** Start of each step, seconds since the epoch, ascending. */
  atSeconds: z.array(z.number()),
  /** Figures that were never heard are left out. */
  servers: z.array(z.object({ address, series: z.array(series) })),
  /** In the order of time. */
  marks: z.array(historyMark),
});
export type MetricsHistoryAnswer = z.output<typeof metricsHistory>;
