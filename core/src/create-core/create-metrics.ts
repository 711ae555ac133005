import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Collector, startCollector } from '../metrics/collect/collector.ts';
import type { CollectorOptions } from '../metrics/collect/follow-target.ts';
import { keepMetrics, type MetricsKeeper } from '../metrics/history/keep-metrics.ts';
import { type MetricsHistory, openMetricsHistory } from '../metrics/history/open-history.ts';
import { openPageReader } from '../metrics/transport/open-reader.ts';
import { systemClock } from '../platform/clock.ts';
import type { Environment } from '../platform/environment.ts';
import { type Clock, toTimestamp } from '../ports/clock.ts';
import type { HeldLock } from '../ports/project-store.ts';
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

/** Keeps what is seen of a project's servers beside its infra file, unless somebody else does; `command` is what its lock says. */
export const openKeeper = (file: string, project: string, command: string, clock: Clock): MetricsKeeper =>
  keepMetrics(openProjectMetrics(dirname(file), project, clock), command, clock);
