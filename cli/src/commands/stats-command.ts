import { type Command, InvalidArgumentError, Option } from 'commander';
import { createCollector } from '#core/create-core/create-metrics.ts';
import { findMetricsTargets } from '#core/create-core/find-metrics-targets.ts';
import { sayUnreached } from '#core/operations/deploy/locate-hosts.ts';
import { exitCodes } from '#schemas/events/exit-code.ts';
import { type Address, splitAddress } from '#schemas/infra/names.ts';
import { parseDurationSeconds } from '#schemas/infra/units.ts';
import type { MetricsEvent } from '#schemas/metrics/metrics-event.ts';
import { t } from '#schemas/text/text.ts';
import { findInfraFile } from '../arguments/find-infra-file.ts';
import type { CliHost, GlobalOptions } from '../host.ts';
import { type Session, withSession } from '../session.ts';
import { renderDiagnostics } from '../views/diagnostics-view.ts';
import { parseStatsFilter, sortStats, type StatsFigure, type StatsFilter, statsFigures } from '../views/stats-filter.ts';
import { renderStats } from '../views/stats-view.ts';
import { addReachOptions, toDeployContext, toReach } from './deploy-command.ts';
import { keepHistory } from './keep-history.ts';
import { showStatsHistory } from './stats-history.ts';

interface Options {
  readonly file?: string;
  readonly watch?: boolean;
  readonly interval: number;
  readonly sort: StatsFigure | 'name';
  readonly filter?: StatsFilter;
  /** Seconds. */
  readonly since?: number;
  readonly points: number;
  readonly user?: string;
  readonly key?: string;
}

const DEFAULT_SECONDS = 5;
/** Steps of a history, about as many as a screen has columns of pixels. */
const DEFAULT_POINTS = 1500;
/** Of one look; a first one through SSH logs in. */
const TIMEOUT_MS = 8000;
/** The first looks at many servers are spread a little. */
const SPREAD_MS = 200;
/** Between two drawings of the table. */
const REDRAW_MS = 500;
/** The terminal's second screen, and its upper left corner with nothing below. */
const [ENTER_SCREEN, LEAVE_SCREEN, CLEAR_SCREEN] = ['\u001B[?1049h', '\u001B[?1049l', '\u001B[H\u001B[J'];

/** `ict stats [TARGET…] [--watch]`: what the servers are doing. */
export function addStatsCommand(program: Command, host: CliHost): void {
  const { render } = host;
  addReachOptions(program.command('stats'), host)
    .argument('[target...]', render(t('only these servers, entries, groups or globs')))
    .description(render(t('show processor, memory, disk and network of the servers as they are now')))
    .option('-f, --file <file>', render(t('infra file, its folder, or NAME of NAME.infra.yaml')))
    .option('-w, --watch', render(t('go on until Ctrl-C, and keep what is seen')))
    .option('--interval <time>', render(t('how often, such as 30s')), (value) => parseSeconds(value, host), DEFAULT_SECONDS)
    .addOption(new Option('--sort <figure>', render(t('highest first, or by name'))).choices(['name', ...statsFigures]).default('name'))
    .option('--filter <condition>', render(t('only servers where it holds: cpu>80%, disk>90%, unreachable …')), (value) =>
      parseFilter(value, host),
    )
    .option('--since <time>', render(t('what was kept so far back instead, such as 24h or 7d; no network')), (value) =>
      parseSeconds(value, host),
    )
    .option('--points <count>', render(t('at most so many steps of it, with --json')), (value) => parsePoints(value, host), DEFAULT_POINTS)
    .action(async (selectors: string[], options: Options, self: Command) => {
      const file = await findInfraFile(host.io.cwd, options.file);
      const globals: GlobalOptions = self.optsWithGlobals();
      const isJson = globals.json === true;
      const { since, points } = options;
      if (since !== undefined) {
        host.exitCode = await showStatsHistory(host, { file, selectors, sinceSeconds: since, points, isJson });
        return;
      }
      host.exitCode = await withSession(host, { operation: 'stats', file, globals, isReadOnly: true }, (session) =>
        showStats(host, session, { file, selectors, options, isJson }),
      );
    });
}

interface StatsRequest {
  readonly file: string;
  readonly selectors: readonly string[];
  readonly options: Options;
  readonly isJson: boolean;
}

async function showStats(host: CliHost, session: Session, request: StatsRequest): Promise<number> {
  const { file, selectors, options, isJson } = request;
  const { io, render, style } = host;
  const context = toDeployContext(host, session);
  const found = await findMetricsTargets(context, { file, ...toReach(host, options) }, selectors, session.abort);
  if (found.kind === 'invalid') {
    io.err(renderDiagnostics(found.diagnostics, { render, style: host.errorStyle, cwd: io.cwd }));
    return exitCodes.usage;
  }
  for (const unreached of found.unreached) host.complain(sayUnreached(unreached));
  if (found.targets.length === 0) {
    host.complain(t('There is no server to show.'));
    return exitCodes.hostsUnreachable;
  }
  const newest = new Map<Address, MetricsEvent>();
  const isShown = options.filter ?? (() => true);
  const draw = (): string => {
    const rows = found.targets.map(({ address }) => ({ name: splitAddress(address).name, event: newest.get(address) }));
    const shown = sortStats(
      rows.filter(({ event }) => isShown(event)),
      options.sort,
    );
    return renderStats(shown, { render, style, columns: io.columns });
  };
  const keeper = options.watch === true ? await keepHistory(file, found.project, 'ict stats') : undefined;
  const whenAllKnown = createLatch();
  const collector = createCollector({
    environment: io.environment,
    intervalMs: options.interval * 1000,
    timeoutMs: TIMEOUT_MS,
    spreadMs: SPREAD_MS,
    onEvent: (event) => {
      newest.set(event.address, event);
      keeper?.keep(event);
      if (isJson && options.watch === true && isShown(event)) io.out(`${JSON.stringify(event)}\n`);
      if (found.targets.every(({ address }) => isSettled(newest.get(address)))) whenAllKnown.open();
    },
  });
  try {
    collector.setTargets(found.targets);
    if (options.watch === true) await watch(host, session, isJson ? undefined : draw);
    else if (!(await whenAllKnown.wait(session.abort))) return exitCodes.interrupted;
  } finally {
    await collector.close();
    await keeper?.close();
  }
  if (options.watch === true) return exitCodes.done;
  if (isJson) {
    const events = sortStats(
      [...newest.values()].map((event) => ({ name: splitAddress(event.address).name, event })),
      options.sort,
    );
    io.out(`${JSON.stringify(events.map(({ event }) => event).filter(isShown), null, 2)}\n`);
  } else io.out(draw());
  return [...newest.values()].some(({ state }) => state === 'unreachable') ? exitCodes.hostsUnreachable : exitCodes.done;
}

/** Rates are there, or will not come soon. */
const isSettled = (event: MetricsEvent | undefined): boolean =>
  event !== undefined && (event.state === 'unreachable' || event.figures.cpuRatio !== undefined);

/**
 * Draws again and again until the signal. A terminal gets a screen of its own for it, where no long line or tall table can get
 * in the way, and keeps the last table; anything else gets one table after the other.
 */
async function watch({ io }: CliHost, { context, abort }: Session, draw: (() => string) | undefined): Promise<void> {
  const isScreen = draw !== undefined && io.isStdoutTty;
  let drawn = '';
  if (isScreen) io.out(ENTER_SCREEN);
  try {
    while (!abort.aborted) {
      const text = draw?.() ?? '';
      if (text !== drawn) io.out(isScreen ? `${CLEAR_SCREEN}${text}` : text);
      drawn = text;
      await context.clock.sleep(REDRAW_MS, abort).catch(() => undefined);
    }
  } finally {
    if (isScreen) io.out(`${LEAVE_SCREEN}${drawn}`);
  }
}

/** Something that is waited for once; gives whether it came before the signal. */
function createLatch(): { readonly open: () => void; readonly wait: (signal: AbortSignal) => Promise<boolean> } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return {
    open: () => open(),
    wait: (signal) =>
      new Promise((resolve) => {
        const leave = (): void => resolve(false);
        signal.addEventListener('abort', leave, { once: true });
        void opened.then(() => {
          signal.removeEventListener('abort', leave);
          resolve(true);
        });
        if (signal.aborted) leave();
      }),
  };
}

function parseSeconds(value: string, { render }: CliHost): number {
  const seconds = parseDurationSeconds(value);
  if (seconds === undefined || seconds < 1)
    throw new InvalidArgumentError(render(t('A time span is expected, such as 30s, 5m, 2h or 1d.')));
  return seconds;
}

function parsePoints(value: string, { render }: CliHost): number {
  if (!/^[1-9]\d{0,5}$/.test(value)) throw new InvalidArgumentError(render(t('A whole number is expected.')));
  return Number(value);
}

function parseFilter(value: string, { render }: CliHost): StatsFilter {
  const filter = parseStatsFilter(value);
  if (!filter)
    throw new InvalidArgumentError(
      render(t('A condition is expected, such as cpu>80% or unreachable. Figures: {0}', statsFigures.join(', '))),
    );
  return filter;
}
