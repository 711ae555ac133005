import { keptFigures } from '#schemas/metrics/kept-figures.ts';
import type { MetricsEvent } from '#schemas/metrics/metrics-event.ts';
import type { ServerFigures } from '#schemas/metrics/server-figures.ts';
import type { MetricPoint } from '#schemas/protocol/dashboard.ts';

/** What of a look is worth a line: the figures that are kept over time. A server that did not answer was not up, and nothing else is known. */
export function toPoint(event: MetricsEvent): MetricPoint {
  const atSeconds = Date.parse(event.at) / 1000;
  return event.state === 'live' ? { atSeconds, values: toValues(event.figures) } : { atSeconds, values: { upRatio: 0 } };
}

function toValues(figures: ServerFigures): MetricPoint['values'] {
  const { memory, swap, ...same } = figures;
  const all: Partial<Record<string, unknown>> = { ...same, memoryRatio: memory?.usedRatio, swapRatio: swap?.usedRatio, upRatio: 1 };
  return Object.fromEntries(keptFigures.flatMap((name) => (typeof all[name] === 'number' ? [[name, all[name]]] : [])));
}
