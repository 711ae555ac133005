import { dirname } from 'node:path';
import { collectFor, type Collecting, openProjectMetrics } from '#core/create-core/create-metrics.ts';
import { keepMetrics, type MetricsKeeper } from '#core/create-core/keep-metrics.ts';
import type { DeployContext } from '#core/operations/deploy/deploy-context.ts';
import type { Environment } from '#core/platform/environment.ts';
import type { MetricsEvent } from '#schemas/metrics/metrics-event.ts';
import type { ActualState } from '#schemas/state/actual.ts';
import type { Text } from '#schemas/text/text.ts';
import { describeFailure } from '../../session/failures.ts';

/** Of one look; a first one through SSH logs in. */
export const LOOK_TIMEOUT_MS = 8000;
/** The first looks at many servers are spread a little. */
const SPREAD_MS = 1000;

export interface WatchMetricsOptions {
  readonly file: string;
  readonly intervalMs: number;
  /** What ssh is started with. */
  readonly environment: Environment;
  readonly onEvent: (event: MetricsEvent) => void;
  /** Says once why there are no metrics; the watch goes on without. */
  readonly complain: (text: Text) => void;
}

/** The metrics of a project for as long as it is watched. */
export interface WatchMetrics {
  /** Collects from the servers that the panel has by now. Comes back at once; until it is done those of before are looked at. */
  follow(actual: ActualState): void;
  /** Ends collecting; nothing of it stays behind. */
  close(): Promise<void>;
}

/** Collects from the first `follow` on, and keeps what is seen unless somebody else does. */
export function openWatchMetrics(context: DeployContext, options: WatchMetricsOptions): WatchMetrics {
  const { file, environment, intervalMs } = options;
  const ending = new AbortController();
  let collecting: Extract<Collecting, { kind: 'found' }> | undefined;
  let kept: { readonly project: string; readonly keeper: MetricsKeeper } | undefined;
  let last: string | undefined;
  let newest: ActualState | undefined;
  let following: Promise<void> | undefined;

  const onEvent = (event: MetricsEvent): void => {
    if (ending.signal.aborted) return;
    options.onEvent(event);
    kept?.keeper.keep(event);
  };
  const keepFor = async (project: string): Promise<void> => {
    if (kept?.project === project) return;
    const before = kept;
    kept = { project, keeper: keepMetrics(openProjectMetrics(dirname(file), project, context.clock), context.command, context.clock) };
    await before?.keeper.close();
  };
  const followOnce = async (actual: ActualState): Promise<void> => {
    if (collecting) {
      const next = await collecting.update(actual, ending.signal);
      if (next.kind === 'found') await keepFor(next.project);
      return;
    }
    const collector = { environment, intervalMs, timeoutMs: LOOK_TIMEOUT_MS, spreadMs: SPREAD_MS, onEvent };
    const started = await collectFor(context, { file }, actual, collector, ending.signal);
    if (started.kind === 'invalid') return;
    collecting = started;
    await keepFor(started.project);
  };
  const followAll = async (): Promise<void> => {
    while (newest && !ending.signal.aborted) {
      const actual = newest;
      newest = undefined;
      try {
        await followOnce(actual);
        last = undefined;
      } catch (error) {
        if (ending.signal.aborted) return;
        const { text } = describeFailure(error);
        const said = JSON.stringify(text);
        if (said !== last) options.complain(text);
        last = said;
      }
    }
  };
  return {
    follow: (actual) => {
      newest = actual;
      following ??= followAll().finally(() => (following = undefined));
    },
    close: async () => {
      ending.abort(new Error('the watch has ended'));
      await following;
      await collecting?.collector.close();
      await kept?.keeper.close();
    },
  };
}
