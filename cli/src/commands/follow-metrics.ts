import PQueue from 'p-queue';
import { createCollector } from '#core/create-core/create-metrics.ts';
import { findMetricsTargets } from '#core/create-core/find-metrics-targets.ts';
import type { MetricsEvent } from '#schemas/metrics/metrics-event.ts';
import type { ActualState } from '#schemas/state/actual.ts';
import { describeFailure } from '../failures.ts';
import type { CliHost } from '../host.ts';
import type { Session } from '../session.ts';
import { toDeployContext } from './deploy-command.ts';
import { type HistoryKeeper, keepHistory } from './keep-history.ts';

/** The metrics of a project's servers, for as long as somebody watches the project. */
export interface MetricsFollower {
  /** Looks at the servers that the panel has now. Returns at once; until then the servers of before are looked at. */
  update(actual: ActualState): void;
  /** Ends all looks, and with them every connection. */
  close(): Promise<void>;
}

/** Time between two looks at a server; a large project is looked at more slowly, so that it costs no more. Milliseconds. */
const INTERVAL_MS = 5000;
const INTERVAL_PER_SERVER_MS = 15;
/** Of one look; a first one through SSH logs in. */
const TIMEOUT_MS = 8000;
/** The first looks at many servers are spread a little. */
const SPREAD_MS = 1000;

/** Starts with no server. What is seen is told, and kept unless somebody else keeps it. */
export function followMetrics(host: CliHost, session: Session, file: string, onEvent: (event: MetricsEvent) => void): MetricsFollower {
  const context = toDeployContext(host, session);
  let keeper: HistoryKeeper | undefined;
  const collector = createCollector({
    environment: host.io.environment,
    intervalMs: INTERVAL_MS,
    timeoutMs: TIMEOUT_MS,
    spreadMs: SPREAD_MS,
    onEvent: (event) => {
      keeper?.keep(event);
      onEvent(event);
    },
  });
  const update = async (actual: ActualState): Promise<void> => {
    const found = await findMetricsTargets(context, { file }, [], session.abort, actual);
    // The mistakes of the file are told by the look at the project.
    if (found.kind === 'invalid') return;
    // Whoever kept it before may be gone by now.
    keeper ??= await keepHistory(file, found.project, 'ict watch');
    collector.setIntervalMs(Math.max(INTERVAL_MS, found.targets.length * INTERVAL_PER_SERVER_MS));
    collector.setTargets(found.targets);
  };
  const updates = new PQueue({ concurrency: 1 });
  return {
    update: (actual) => {
      // Only the newest panel counts.
      updates.clear();
      void updates.add(() =>
        update(actual).catch((error: unknown) => {
          if (!session.abort.aborted) host.complain(describeFailure(error).text);
        }),
      );
    },
    close: async () => {
      updates.clear();
      await updates.onIdle();
      await collector.close();
      await keeper?.close();
    },
  };
}
