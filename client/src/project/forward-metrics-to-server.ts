import { type Disposable, workspace } from 'vscode';
import type { LiveMetricsParams, ServerNow } from '#schemas/protocol/live-metrics.ts';
import { LIVE_METRICS_METHOD } from '#schemas/protocol/methods.ts';
import type { ProjectFeed } from './project-feed.ts';
import { OLD_MS } from '../metrics/describe-metrics.ts';
import type { MetricsStore } from '../metrics/metrics-store.ts';
import { window } from '../text/editor-window.ts';

/** Setting: whether the text of an infra file says what its servers are doing. */
const SETTING = 'liveMetrics';
/** Between two messages, milliseconds: text that changes all the time cannot be read, let alone written. */
const PAUSE_MS = 15_000;

export interface LiveMetricsParts {
  readonly feed: ProjectFeed;
  readonly metrics: MetricsStore;
  /** Sends a notification to the language server. */
  readonly send: (method: string, params: LiveMetricsParams) => void;
}

/**
 * Tells the language server what servers are doing, when the user has asked for it. An infra file in an editor then counts
 * as somebody who looks; hidden, it does not.
 */
export function forwardMetricsToServer({ feed, metrics, send }: LiveMetricsParts): Disposable {
  const viewers = new Set<string>();
  const told = new Set<string>();
  let timer: NodeJS.Timeout | undefined;

  const tell = (): void => {
    timer = undefined;
    for (const { file, view } of feed.projects) {
      const servers = viewers.has(file) ? (view?.servers ?? []).flatMap(({ address }) => toNow(metrics, file, address) ?? []) : [];
      if (servers.length === 0 && !told.delete(file)) continue;
      if (servers.length > 0) told.add(file);
      send(LIVE_METRICS_METHOD, { file, servers });
    }
  };
  const look = (): void => {
    const isOn = workspace.getConfiguration('ict').get(SETTING, false);
    const shown = new Set(window.visibleTextEditors.map(({ document }) => document.uri.fsPath));
    for (const { file } of feed.projects) {
      const isLooking = isOn && shown.has(file);
      if (isLooking === viewers.has(file)) continue;
      if (isLooking) viewers.add(file);
      else viewers.delete(file);
      feed.setViewer(`text ${file}`, isLooking ? { file, withMetrics: true } : undefined);
      if (!isOn) tell();
    }
  };
  const subscriptions = [
    window.onDidChangeVisibleTextEditors(look),
    feed.onDidChange(look),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration(`ict.${SETTING}`)) look();
    }),
    metrics.onDidChange(({ file }) => {
      // The first look is told soon, with those at the other servers; what comes later waits its turn.
      if (viewers.has(file)) timer ??= setTimeout(tell, told.has(file) ? PAUSE_MS : PAUSE_MS / 10);
    }),
  ];
  look();
  return {
    dispose: () => {
      clearTimeout(timer);
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}

function toNow(metrics: MetricsStore, file: string, address: ServerNow['address']): ServerNow | undefined {
  const known = metrics.of(file, address);
  if (!known || metrics.ageOf(known) > OLD_MS) return undefined;
  const { newest } = known;
  if (newest.state === 'unreachable') return known.wasLive ? { state: 'unreachable', address, since: newest.since } : undefined;
  const { cpuRatio, memory, diskRatio } = newest.figures;
  // Whole per cents: a change nobody can see is none.
  const round = (ratio: number): number => Math.round(ratio * 100) / 100;
  return {
    state: 'live',
    address,
    ...(cpuRatio === undefined ? {} : { cpuRatio: round(cpuRatio) }),
    ...(memory === undefined ? {} : { memoryRatio: round(memory.usedRatio) }),
    ...(diskRatio === undefined ? {} : { diskRatio: round(diskRatio) }),
  };
}
