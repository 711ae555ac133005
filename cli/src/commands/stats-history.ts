import { dirname } from 'node:path';
import { readMetricsHistory } from '#core/create-core/read-metrics-history.ts';
import { readInfraFile } from '#core/infra/read-infra-file.ts';
import { selectServers } from '#core/operations/deploy/locate-hosts.ts';
import { nodeFileReader } from '#core/platform/node-file-reader.ts';
import { exitCodes } from '#schemas/events/exit-code.ts';
import { t } from '#schemas/text/text.ts';
import type { CliHost } from '../host.ts';
import { renderDiagnostics } from '../views/diagnostics-view.ts';
import { renderHistory } from '../views/history-view.ts';

export interface StatsHistoryRequest {
  readonly file: string;
  readonly selectors: readonly string[];
  readonly sinceSeconds: number;
  /** Steps that a program can show; a terminal is narrow anyway. */
  readonly points: number;
  readonly isJson: boolean;
}

/** `ict stats --since`: what was kept of the servers. No network, no token. Gives the exit code; throws `TargetError`. */
export async function showStatsHistory(host: CliHost, request: StatsHistoryRequest): Promise<number> {
  const { io, render, style } = host;
  const { value: expanded, diagnostics } = await readInfraFile(nodeFileReader, request.file);
  if (!expanded) {
    io.err(renderDiagnostics(diagnostics, { render, style: host.errorStyle, cwd: io.cwd }));
    return exitCodes.usage;
  }
  const isWanted = selectServers(expanded, request.selectors);
  const addresses = expanded.servers.map(({ address }) => address).filter(isWanted);
  const toSeconds = Math.floor(Date.now() / 1000);
  const range = { fromSeconds: toSeconds - request.sinceSeconds, toSeconds, mostPoints: request.points };
  const answer = await readMetricsHistory(dirname(request.file), expanded.infra.project, addresses, range);
  if (request.isJson) io.out(`${JSON.stringify(answer)}\n`);
  else if (answer.servers.some(({ series }) => series.length > 0)) io.out(renderHistory(answer, { render, style, columns: io.columns }));
  else host.say(t('Nothing was kept in that time. Figures are kept while `ict stats --watch` runs, or the editor shows the servers.'));
  return exitCodes.done;
}
