import { toKept } from '#schemas/metrics/kept-figures.ts';
import type { MetricsEvent } from '#schemas/metrics/metrics-event.ts';
import type { MetricPoint } from '#schemas/protocol/dashboard.ts';

/** What of a look is worth a line: the figures that are kept over time. A server that did not answer was not up, and nothing else is known. */
export const toPoint = (event: MetricsEvent): MetricPoint => ({
  atSeconds: Date.parse(event.at) / 1000,
  values: toKept(event.state === 'live' ? event.figures : undefined),
});
