import { dirname } from 'node:path';
import { type MetricsHistoryAnswer, metricsHistory } from '#schemas/metrics/metrics-history.ts';
import type { DashboardRange, DashboardTarget } from '#schemas/protocol/dashboard.ts';
import { t, type Text, verbatimLines } from '#schemas/text/text.ts';
import { parseJson } from '../../operations/parse-json.ts';
import type { Cli } from '../../operations/cli.ts';

/** Steps of a range: about one for each pixel of a chart on a laptop, and fewer where many servers would make an answer of millions. */
const pointsFor = (servers: number): number => Math.max(60, Math.min(600, Math.floor(24_000 / Math.max(1, servers))));

/** The history of a range, or why it could not be read. */
export type HistoryResult =
  { readonly kind: 'history'; readonly answer: MetricsHistoryAnswer } | { readonly kind: 'trouble'; readonly text: Text };

/** Asks the engine what was kept. It reads files only: no server and no panel is asked. Rejects when the signal was aborted. */
export async function readHistory(
  cli: Pick<Cli, 'run'>,
  { file, names = [] }: DashboardTarget,
  { range, servers }: { readonly range: DashboardRange; readonly servers: number },
  signal: AbortSignal,
): Promise<HistoryResult> {
  const words = ['stats', ...names, '--since', range, '--points', String(pointsFor(servers)), '--json', '--file', file];
  const { stdout, stderr } = await cli.run(words, { cwd: dirname(file), signal });
  const answer = parseJson(metricsHistory, stdout);
  if (answer) return { kind: 'history', answer };
  const said = stderr.trim();
  return { kind: 'trouble', text: said === '' ? t('The history could not be read.') : verbatimLines(said) };
}
