import { readFromPrometheus } from '#core/operations/metrics/read-from-prometheus.ts';
import { fetchText } from '#core/metrics/prometheus/fetch-text.ts';
import { ReadError } from '#core/metrics/transport/read-error.ts';
import { sayUnreached } from '#core/operations/deploy/locate-hosts.ts';
import { exitCodes } from '#schemas/events/exit-code.ts';
import { splitAddress } from '#schemas/infra/names.ts';
import { t } from '#schemas/text/text.ts';
import type { CliHost } from '../../terminal/host.ts';
import type { Session } from '../../session/session.ts';
import { renderDiagnostics } from '../../views/diagnostics-view.ts';
import { sortStats } from '../../views/stats-filter.ts';
import { renderStats } from '../../views/stats-view.ts';
import { toDeployContext } from '../../session/to-deploy-context.ts';
import type { StatsRequest } from './stats-live.ts';

/** Shows the servers as a Prometheus has them, by the same table; gives the exit code. */
export async function showStatsOfPrometheus(
  host: CliHost,
  session: Session,
  request: StatsRequest & { readonly url: string },
): Promise<number> {
  const { io, render, style } = host;
  const { file, url, selectors, options, isJson } = request;
  const reading = await readFromPrometheus(toDeployContext(host, session), { file, url }, selectors, fetchText, session.abort).catch(
    (error: unknown) => {
      if (error instanceof ReadError) return error;
      throw error;
    },
  );
  if (reading instanceof ReadError) {
    host.complain(
      reading.code === 'unreachable'
        ? t('Nothing answers at {0}. Write the address of a Prometheus, such as http://127.0.0.1:9090.', url)
        : t('What answers at {0} is not a Prometheus, or refuses to answer: {1}', url, reading.message),
    );
    return exitCodes.provider;
  }
  if (reading.kind === 'invalid') {
    io.err(renderDiagnostics(reading.diagnostics, { render, style: host.errorStyle, cwd: io.cwd }));
    return exitCodes.usage;
  }
  for (const unreached of reading.unreached) host.complain(sayUnreached(unreached));
  for (const address of reading.unknown) host.complain(t('{0}: this Prometheus has no figures of it', address));
  const rows = sortStats(
    reading.events.filter(options.filter ?? (() => true)).map((event) => ({ name: splitAddress(event.address).name, event })),
    options.sort,
  );
  if (isJson) host.printJson(rows.map(({ event }) => event));
  else if (reading.events.length === 0) host.complain(t('There is no server to show.'));
  else io.out(renderStats(rows, { render, style, columns: io.columns }));
  return reading.unknown.length > 0 || reading.events.length === 0 ? exitCodes.hostsUnreachable : exitCodes.done;
}
