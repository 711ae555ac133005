import type { Address } from '#schemas/infra/names.ts';
import { AGENT_PORT } from '#schemas/infra/server-entry.ts';
import type { MetricsEvent } from '#schemas/metrics/metrics-event.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { Unreached } from '../../engine/deploy/deploy-target.ts';
import { matchInstances } from '../../metrics/prometheus/match-instances.ts';
import { type GetText, readPrometheus } from '../../metrics/prometheus/read-prometheus.ts';
import type { DeployContext } from '../deploy/deploy-context.ts';
import { findHosts } from '../deploy/locate-hosts.ts';
import { toTimestamp } from '../../ports/clock.ts';

/** What a Prometheus knows of a project's servers. */
export type PrometheusReading =
  | { readonly kind: 'invalid'; readonly diagnostics: readonly Diagnostic[] }
  | {
      readonly kind: 'read';
      readonly events: readonly MetricsEvent[];
      /** Servers that do not exist, are off, or have no address. */
      readonly unreached: readonly Unreached[];
      /** Servers that run, and that Prometheus has no figures of. */
      readonly unknown: readonly Address[];
    };

/** Asks a Prometheus for the figures of the servers that `selectors` name. Throws as `findHosts` and `readPrometheus`. */
export async function readFromPrometheus(
  context: DeployContext,
  request: { readonly file: string; readonly url: string },
  selectors: readonly string[],
  getText: GetText,
  signal: AbortSignal,
): Promise<PrometheusReading> {
  const found = await findHosts(context, { file: request.file }, selectors, signal);
  if (found.kind === 'invalid') return found;
  const startedMs = context.clock.elapsed();
  const figures = await readPrometheus(request.url, getText, signal);
  const instances = matchInstances(
    found.targets.map(({ address, name, ip, entry }) => ({ address, name, ip, port: entry.values.monitoring?.port ?? AGENT_PORT })),
    figures.keys(),
  );
  const at = toTimestamp(context.clock);
  const tookMs = context.clock.elapsed() - startedMs;
  const events = found.targets.flatMap(({ address }): MetricsEvent[] => {
    const known = figures.get(instances.get(address) ?? '');
    return known ? [{ kind: 'metrics', at, address, state: 'live', figures: known, tookMs }] : [];
  });
  return {
    kind: 'read',
    events,
    unreached: found.unreached,
    unknown: found.targets.map(({ address }) => address).filter((address) => !instances.has(address)),
  };
}
