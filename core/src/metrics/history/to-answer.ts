import type { Address } from '#schemas/infra/names.ts';
import { keptFigures } from '#schemas/metrics/kept-figures.ts';
import {
  type FigureSeries,
  type HistoryMark,
  METRICS_HISTORY_FORMAT,
  type MetricsHistoryAnswer,
} from '#schemas/metrics/metrics-history.ts';
import { t, verbatim } from '#schemas/text/text.ts';
import type { HistorySummary } from '../../ports/history.ts';
import type { HistorySteps } from './open-history.ts';

/** Servers and their steps over one range of time, all read with the same range. */
export type ServerSteps = readonly { readonly address: Address; readonly kept: HistorySteps }[];

/** What was kept of several servers, as programs get it: the steps once, and a column for each figure that was ever heard. */
export function toHistoryAnswer(project: string, servers: ServerSteps, marks: readonly HistoryMark[]): MetricsHistoryAnswer {
  const [first] = servers;
  return {
    kind: 'metrics-history',
    format: METRICS_HISTORY_FORMAT,
    project,
    stepSeconds: first?.kept.stepSeconds ?? 0,
    atSeconds: first?.kept.steps.map(({ atSeconds }) => atSeconds) ?? [],
    servers: servers.map(({ address, kept: { steps } }) => ({ address, series: toSeries(steps) })),
    marks: [...marks],
  };
}

const toSeries = (steps: HistorySteps['steps']): FigureSeries[] =>
  keptFigures
    .filter((figure) => steps.some(({ values }) => values.has(figure)))
    .map((figure) => ({
      figure,
      mean: steps.map(({ values }) => values.get(figure)?.mean ?? null),
      highest: steps.map(({ values }) => values.get(figure)?.highest ?? null),
    }));

/** What was done to servers since a moment (milliseconds since the epoch), in the order of time. Runs that touched none are left out. */
export function toMarks(runs: readonly HistorySummary[], sinceMs: number): readonly HistoryMark[] {
  return runs
    .flatMap((run): readonly HistoryMark[] => {
      const changed = run.plan.changes.filter(({ address, action }) => action !== 'no-op' && address.startsWith('server.'));
      const servers = run.deploy ? run.deploy.hosts.map(({ address }) => address) : changed.map(({ address }) => address);
      if (servers.length === 0 || Date.parse(run.finishedAt) < sinceMs) return [];
      const kind = run.deploy ? 'deploy' : changed.every(({ action }) => action === 'power') ? 'power' : 'apply';
      const text = run.exitCode === 0 ? verbatim(run.command) : t('{0}, exit code {1}', run.command, run.exitCode);
      return [{ at: run.finishedAt, kind, text, servers }];
    })
    .sort((left, right) => Date.parse(left.at) - Date.parse(right.at));
}
