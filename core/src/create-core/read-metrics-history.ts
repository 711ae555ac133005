import type { Address } from '#schemas/infra/names.ts';
import type { MetricsHistoryAnswer } from '#schemas/metrics/metrics-history.ts';
import type { HistoryRange } from '../metrics/history/open-history.ts';
import { toHistoryAnswer, toMarks } from '../metrics/history/to-answer.ts';
import { createHistoryReader } from './create-history-reader.ts';
import { openProjectMetrics } from './create-metrics.ts';

/** Runs that are looked through for marks; a month of hourly deploys fits. */
const MOST_RUNS = 1000;

/**
 * What was kept of the metrics of a project's servers, and what was done to them meanwhile. `folder` is that of the infra file.
 * Needs neither network nor lock. Rejects with errors of the disk.
 */
export async function readMetricsHistory(
  folder: string,
  project: string,
  addresses: readonly Address[],
  range: HistoryRange,
): Promise<MetricsHistoryAnswer> {
  const { history } = openProjectMetrics(folder, project);
  const [runs, servers] = await Promise.all([
    createHistoryReader()(folder, project, MOST_RUNS),
    Promise.all(addresses.map(async (address) => ({ address, kept: await history.read(address, range) }))),
  ]);
  const wanted = new Set(addresses);
  const marks = toMarks(runs, range.fromSeconds * 1000).filter((mark) => mark.servers.some((address) => wanted.has(address)));
  return toHistoryAnswer(project, servers, marks);
}
