import type { MetricsEvent } from '#schemas/metrics/metrics-event.ts';
import type { ActualState } from '#schemas/state/actual.ts';
import type { Text } from '#schemas/text/text.ts';
import type { Collector } from '../../metrics/collect/collector.ts';
import type { MetricsKeeper } from '../../metrics/history/keep-metrics.ts';
import type { DeployContext } from '../deploy/deploy-context.ts';
import { collectFor, type Collecting } from '../metrics/collect-for.ts';

export interface WatchMetricsOptions {
  /** Path of the infra file. */
  readonly file: string;
  /** Makes the collector, without targets, when the first servers are known. */
  readonly createCollector: (onEvent: (event: MetricsEvent) => void) => Collector;
  /** Opens what keeps the metrics of a project. */
  readonly openKeeper: (project: string) => MetricsKeeper;
  readonly onEvent: (event: MetricsEvent) => void;
  readonly describeFailure: (error: unknown) => Text;
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
  const { file } = options;
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
    kept = { project, keeper: options.openKeeper(project) };
    await before?.keeper.close();
  };
  const followOnce = async (actual: ActualState): Promise<void> => {
    if (collecting) {
      const next = await collecting.update(actual, ending.signal);
      if (next.kind === 'found') await keepFor(next.project);
      return;
    }
    const started = await collectFor(context, { file }, actual, () => options.createCollector(onEvent), ending.signal);
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
        const text = options.describeFailure(error);
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
