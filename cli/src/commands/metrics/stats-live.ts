import { createCollector, openKeeper } from '#core/create-core/create-metrics.ts';
import { LOOK_TIMEOUT_MS } from '#core/metrics/collect/collector.ts';
import { findMetricsTargets } from '#core/operations/metrics/find-metrics-targets.ts';
import { sayUnreached } from '#core/operations/deploy/locate-hosts.ts';
import { exitCodes } from '#schemas/events/exit-code.ts';
import { type Address, splitAddress } from '#schemas/infra/names.ts';
import type { MetricsEvent } from '#schemas/metrics/metrics-event.ts';
import { t } from '#schemas/text/text.ts';
import type { CliHost } from '../../terminal/host.ts';
import type { Session } from '../../session/session.ts';
import { CLEAR_SCREEN, ENTER_SCREEN, LEAVE_SCREEN } from '../../terminal/terminal-codes.ts';
import { renderDiagnostics } from '../../views/diagnostics-view.ts';
import { sortStats, type StatsFigure, type StatsFilter } from '../../views/stats-filter.ts';
import { renderStats } from '../../views/stats-view.ts';
import { toReach } from '../../inputs/reach-options.ts';
import { toDeployContext } from '../../session/to-deploy-context.ts';

/** The first looks at many servers are spread a little. */
const SPREAD_MS = 200;
/** Between two drawings of the table. */
const REDRAW_MS = 500;

/** What the live table shows, and how. */
export interface StatsOptions {
  readonly watch?: boolean;
  /** Seconds between two looks. */
  readonly interval: number;
  readonly sort: StatsFigure | 'name';
  readonly filter?: StatsFilter;
  readonly user?: string;
  readonly key?: string;
}

export interface StatsRequest {
  readonly file: string;
  readonly selectors: readonly string[];
  readonly options: StatsOptions;
  readonly isJson: boolean;
}

/** Looks at the servers once, or until the signal; gives the exit code. */
export async function showStats(host: CliHost, session: Session, request: StatsRequest): Promise<number> {
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
  const { clock, command } = context;
  const keeper = options.watch === true ? openKeeper(file, found.project, command, clock) : undefined;
  const whenAllKnown = createLatch();
  const collector = createCollector({
    environment: io.environment,
    intervalMs: options.interval * 1000,
    timeoutMs: LOOK_TIMEOUT_MS,
    spreadMs: SPREAD_MS,
    onEvent: (event) => {
      newest.set(event.address, event);
      keeper?.keep(event);
      if (isJson && options.watch === true && isShown(event)) host.printJson(event, 'line');
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
    host.printJson(events.map(({ event }) => event).filter(isShown));
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
  let [drawn, shown] = ['', ''];
  if (isScreen) io.out(ENTER_SCREEN);
  try {
    while (!abort.aborted) {
      const text = draw?.() ?? '';
      // What the terminal made of the old one when it was resized is drawn over too.
      const next = isScreen ? `${io.columns}x${io.rows}\n${text}` : text;
      if (next !== shown) io.out(isScreen ? `${CLEAR_SCREEN}${cutToScreen(text, io.rows)}` : text);
      [drawn, shown] = [text, next];
      await context.clock.sleep(REDRAW_MS, abort).catch(() => undefined);
    }
  } finally {
    if (isScreen) io.out(`${LEAVE_SCREEN}${drawn}`);
  }
}

/** The lines that fit a screen: the first ones, which the sorting has put there. */
const cutToScreen = (text: string, rows: number): string => {
  const lines = text.split('\n');
  return lines.length <= rows ? text : lines.slice(0, rows - 1).join('\n');
};

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
