import { readMetricsHistory } from '#core/create-core/read-metrics-history.ts';
import { exitCodes } from '#schemas/events/exit-code.ts';
import { t } from '#schemas/text/text.ts';
import { projectFiles } from '../../inputs/project-files.ts';
import type { CliHost } from '../../terminal/host.ts';
import { speaksUnicode } from '../../terminal/speaks-unicode.ts';
import { renderDiagnostics } from '../../views/diagnostics-view.ts';
import { renderStatsHistory } from '../../views/stats-history-view.ts';

export interface StatsHistoryRequest {
  readonly file: string;
  readonly selectors: readonly string[];
  readonly sinceSeconds: number;
  readonly mostPoints: number;
  readonly isJson: boolean;
}

/** Shows what was kept of the servers; needs neither token nor network. Gives the exit code. */
export async function showStatsHistory(host: CliHost, request: StatsHistoryRequest): Promise<number> {
  const { io, render, style } = host;
  const reading = await readMetricsHistory({ ...request, files: projectFiles(host, request.file) });
  if (reading.kind === 'invalid') {
    io.err(renderDiagnostics(reading.diagnostics, { render, style: host.errorStyle, cwd: io.cwd }));
    return exitCodes.usage;
  }
  const { history } = reading;
  // In one line: an answer for many servers has a hundred thousand numbers.
  if (request.isJson) host.printJson(history, 'line');
  else if (history.servers.length === 0) host.complain(t('There is no server to show.'));
  else io.out(renderStatsHistory(history, { render, style, columns: io.columns, isUnicode: speaksUnicode(io.environment) }));
  return exitCodes.done;
}
