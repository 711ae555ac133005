import { type Command, InvalidArgumentError, Option } from 'commander';
import { t } from '#schemas/text/text.ts';
import { findInfraFile } from '../../inputs/find-infra-file.ts';
import { parseSeconds } from '../../inputs/parse-options.ts';
import type { CliHost, GlobalOptions } from '../../terminal/host.ts';
import { withSession } from '../../session/session.ts';
import { parseStatsFilter, type StatsFilter, statsFigures } from '../../views/stats-filter.ts';
import { addReachOptions } from '../../inputs/reach-options.ts';
import { showStatsHistory } from './stats-history.ts';
import { showStats, type StatsOptions } from './stats-live.ts';
import { showStatsOfPrometheus } from './stats-prometheus.ts';

interface Options extends StatsOptions {
  readonly file?: string;
  /** Seconds back from now. */
  readonly since?: number;
  readonly points: number;
  readonly prometheus?: string;
}

const DEFAULT_SECONDS = 5;
const DEFAULT_POINTS = 600;

/** `ict stats [TARGET…]`: what the servers are doing now, with `--watch` from now on, with `--since` until now. */
export function addStatsCommand(program: Command, host: CliHost): void {
  const { render } = host;
  addReachOptions(program.command('stats'), host)
    .argument('[target...]', render(t('only these servers, entries, groups or globs')))
    .description(render(t('show processor, memory, disk and network of the servers as they are now')))
    .option('-f, --file <file>', render(t('infra file, its folder, or NAME of NAME.infra.yaml')))
    .addOption(new Option('-w, --watch', render(t('go on until Ctrl-C, and keep what is seen'))).conflicts(['since', 'prometheus']))
    .option('--interval <time>', render(t('how often, such as 30s')), (value) => parseSeconds(value, render), DEFAULT_SECONDS)
    .addOption(new Option('--sort <figure>', render(t('highest first, or by name'))).choices(['name', ...statsFigures]).default('name'))
    .option('--filter <condition>', render(t('only servers where it holds: cpu>80%, disk>90%, unreachable …')), (value) =>
      parseFilter(value, host),
    )
    .addOption(
      new Option('--since <time>', render(t('show what was kept over so long a time until now, such as 24h; asks no server')))
        .argParser((value) => parseSeconds(value, render))
        .conflicts(['filter', 'prometheus']),
    )
    .option('--points <count>', render(t('at most so many steps of the time kept')), (value) => parsePoints(value, host), DEFAULT_POINTS)
    .option('--prometheus <url>', render(t('ask this Prometheus instead of the servers')), (value) => parseUrl(value, host))
    .action(async (selectors: string[], options: Options, self: Command) => {
      const file = await findInfraFile(host.io.cwd, options.file);
      const globals: GlobalOptions = self.optsWithGlobals();
      const request = { file, selectors, options, isJson: globals.json === true };
      const { since, prometheus, points } = options;
      if (since === undefined)
        host.exitCode = await withSession(host, { operation: 'stats', file, globals, isReadOnly: true }, (session) =>
          prometheus === undefined
            ? showStats(host, session, request)
            : showStatsOfPrometheus(host, session, { ...request, url: prometheus }),
        );
      else host.exitCode = await showStatsHistory(host, { ...request, sinceSeconds: since, mostPoints: points });
    });
}

function parseFilter(value: string, { render }: CliHost): StatsFilter {
  const filter = parseStatsFilter(value);
  if (!filter)
    throw new InvalidArgumentError(
      render(t('A condition is expected, such as cpu>80% or unreachable. Figures: {0}', statsFigures.join(', '))),
    );
  return filter;
}

function parsePoints(value: string, { render }: CliHost): number {
  if (!/^[1-9]\d{0,4}$/.test(value) || Number(value) < 2)
    throw new InvalidArgumentError(render(t('A whole number from 2 to 99999 is expected.')));
  return Number(value);
}

function parseUrl(value: string, { render }: CliHost): string {
  if (!URL.canParse(value) || !/^https?:$/.test(new URL(value).protocol))
    throw new InvalidArgumentError(render(t('An address such as http://127.0.0.1:9090 is expected.')));
  return value;
}
