import type { ActualState } from '#schemas/state/actual.ts';
import type { Collector } from '../../metrics/collect/collector.ts';
import type { DeployContext } from '../deploy/deploy-context.ts';
import type { DeployRequest } from '../deploy/deploy-request.ts';
import { findMetricsTargets, type FoundMetrics } from './find-metrics-targets.ts';

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
  context: DeployContext,
  request: Pick<DeployRequest, 'file' | 'user' | 'keyFile'>,
  actual: ActualState,
  createCollector: () => Collector,
  signal: AbortSignal,
): Promise<Collecting> {
  const found = await findMetricsTargets(context, request, [], signal, actual);
  if (found.kind === 'invalid') return found;
  const collector = createCollector();
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
