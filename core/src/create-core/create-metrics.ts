import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Collector, type CollectorOptions, startCollector } from '../metrics/collect/collector.ts';
import { type MetricsHistory, openMetricsHistory } from '../metrics/history/open-history.ts';
import { openPageReader } from '../metrics/transport/open-reader.ts';
import { systemClock } from '../platform/clock.ts';
import type { ActualState } from '#schemas/state/actual.ts';
import type { Environment } from '../platform/environment.ts';
import { type Clock, toTimestamp } from '../ports/clock.ts';
import type { HeldLock } from '../ports/project-store.ts';
import { findMetricsTargets, type FoundMetrics } from './find-metrics-targets.ts';
import { takeLock } from '../storage/project-lock.ts';
import { toProjectPaths } from '../storage/project-paths.ts';

/** Looks at servers at once; a look that waits for long does not count. */
const CONCURRENCY = 32;

export interface MetricsOptions extends Pick<CollectorOptions, 'intervalMs' | 'timeoutMs' | 'onEvent'> {
  /** What ssh is started with. */
  readonly environment: Environment;
  /** The first looks are spread over this time; 0 for somebody who waits for them. */
  readonly spreadMs: number;
  readonly clock?: Clock;
}

/** A collector with its connections. Targets are given to it afterwards. */
export function createCollector(options: MetricsOptions): Collector {
  const { environment, clock = systemClock } = options;
  const reader = openPageReader({ temporaryFolder: environment['XDG_RUNTIME_DIR'] ?? tmpdir(), environment });
  const collector = startCollector({ ...options, clock, read: reader.read, random: Math.random, concurrency: CONCURRENCY });
  return {
    ...collector,
    setTargets: (targets) => {
      collector.setTargets(targets);
      void reader.keepOnly(new Set(targets.map(({ address }) => address)));
    },
    close: async () => {
      await collector.close();
      await reader.close();
    },
  };
}

/** The kept metrics of the project whose infra file lies in `folder`; `lock` makes the caller its writer or throws `LockedError`. */
export function openProjectMetrics(
  folder: string,
  project: string,
  clock: Clock = systemClock,
): { readonly history: MetricsHistory; lock(command: string): Promise<HeldLock> } {
  const home = join(dirname(toProjectPaths(folder, project).lock), 'metrics');
  return {
    history: openMetricsHistory(home),
    lock: (command) => takeLock(join(home, 'lock'), command, toTimestamp(clock)),
  };
}

/** What collecting for a project came to: it goes on until `close`, or the file has mistakes. */
export type Collecting =
  | Extract<FoundMetrics, { kind: 'invalid' }>
  | (Extract<FoundMetrics, { kind: 'found' }> & {
      readonly collector: Collector;
      /** Looks up the servers again, in a panel that was just read. Throws as `findMetricsTargets`. */
      update(actual: ActualState, signal: AbortSignal): Promise<FoundMetrics>;
    });

/**
 * Collects the metrics of a project's servers: finds them, and tells every look at one as an event until the collector is
 * closed. For surfaces that show a project for as long as they are open. Throws as `findMetricsTargets`.
 */
export async function collectFor(
  context: Parameters<typeof findMetricsTargets>[0],
  request: Parameters<typeof findMetricsTargets>[1],
  actual: ActualState,
  options: MetricsOptions,
  signal: AbortSignal,
): Promise<Collecting> {
  const found = await findMetricsTargets(context, request, [], signal, actual);
  if (found.kind === 'invalid') return found;
  const collector = createCollector(options);
  collector.setTargets(found.targets);
  return {
    ...found,
    collector,
    update: async (newer, again) => {
      const next = await findMetricsTargets(context, request, [], again, newer);
      if (next.kind === 'found') collector.setTargets(next.targets);
      return next;
    },
  };
}
