import type { ServerMetrics } from './metrics-store.ts';

/** Figures that are judged. */
export const judgedFigures = ['cpu', 'memory', 'disk'] as const;
export type JudgedFigure = (typeof judgedFigures)[number];
export type Severity = 'warning' | 'critical';

/** From these shares on a figure is shown as a warning, and as critical. */
export const thresholds: Readonly<Record<JudgedFigure, Readonly<Record<Severity, number>>>> = {
  cpu: { warning: 0.85, critical: 0.95 },
  memory: { warning: 0.85, critical: 0.95 },
  disk: { warning: 0.8, critical: 0.9 },
};

/** A processor is judged by its mean over so many looks, a minute at the usual pace: one busy moment is no news. */
export const CPU_LOOKS = 12;

/** What is too high, the worst first. A server that does not answer has no figures to judge. */
export function judgeFigures({ newest, looks }: ServerMetrics): readonly { readonly figure: JudgedFigure; readonly severity: Severity }[] {
  if (newest.state !== 'live') return [];
  const { memory, diskRatio } = newest.figures;
  const ratios: Readonly<Record<JudgedFigure, number | undefined>> = {
    cpu: meanCpu(looks.slice(-CPU_LOOKS).map(({ values }) => values.cpuRatio)),
    memory: memory?.usedRatio,
    disk: diskRatio,
  };
  const found = judgedFigures.flatMap((figure) => {
    const severity = severityOf(figure, ratios[figure]);
    return severity ? [{ figure, severity }] : [];
  });
  return found.sort((left, right) => Number(right.severity === 'critical') - Number(left.severity === 'critical'));
}

function severityOf(figure: JudgedFigure, ratio: number | undefined): Severity | undefined {
  if (ratio === undefined || ratio < thresholds[figure].warning) return undefined;
  return ratio < thresholds[figure].critical ? 'warning' : 'critical';
}

/** Undefined before enough was heard to tell a load from a moment. */
function meanCpu(ratios: readonly (number | undefined)[]): number | undefined {
  const known = ratios.filter((ratio) => ratio !== undefined);
  return known.length < CPU_LOOKS / 2 ? undefined : known.reduce((sum, ratio) => sum + ratio, 0) / known.length;
}
