import type { Address } from '#schemas/infra/names.ts';
import { AGENT_PORT } from '#schemas/infra/server-entry.ts';
import type { ActualState } from '#schemas/state/actual.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { DeployTarget, Unreached } from '../../engine/deploy/deploy-target.ts';
import { listSshArguments } from '../../engine/deploy/ssh-arguments.ts';
import type { MetricsTarget } from '../../metrics/transport/metrics-target.ts';
import type { DeployContext } from '../deploy/deploy-context.ts';
import type { DeployRequest } from '../deploy/deploy-request.ts';
import { findHosts } from '../deploy/locate-hosts.ts';
import { reachHosts } from '../deploy/reach-hosts.ts';

/** Servers of a project whose metrics can be read, and the others. */
export type FoundMetrics =
  | { readonly kind: 'invalid'; readonly diagnostics: readonly Diagnostic[] }
  | {
      readonly kind: 'found';
      readonly project: string;
      readonly targets: readonly MetricsTarget[];
      /** Servers that do not exist, are off, or have no address. */
      readonly unreached: readonly Unreached[];
      /** Servers that the file wants no agent on. */
      readonly withoutAgent: readonly Address[];
    };

/**
 * Finds the servers that `selectors` name, and how their metrics are read. Host keys of servers that nobody has met yet are
 * pinned, as before a deploy. `known` is the panel, where it has just been read. Throws as `findHosts`.
 */
export async function findMetricsTargets(
  context: DeployContext,
  request: Pick<DeployRequest, 'file' | 'user' | 'keyFile'>,
  selectors: readonly string[],
  signal: AbortSignal,
  known?: ActualState,
): Promise<FoundMetrics> {
  const found = await findHosts(context, request, selectors, signal, known);
  if (found.kind === 'invalid') return found;
  const { ports, expanded, unreached } = found;
  const hasAgent = ({ entry }: DeployTarget): boolean => entry.values.monitoring?.agent !== false;
  const targets = found.targets.filter(hasAgent);
  const { hosts } = await ports.store.readHosts();
  const isNew = (target: DeployTarget): boolean => {
    const record = hosts[target.address];
    return record?.serverId !== target.server.id || record.keys.length === 0;
  };
  const strangers = targets.filter((target) => !isHttp(target) && isNew(target));
  // One look each: whoever does not answer now is shown as unreachable, not waited for.
  if (strangers.length > 0) await reachHosts({ ...context, sshWaitMs: 0, emit: () => undefined }, ports, strangers, signal);
  return {
    kind: 'found',
    project: expanded.infra.project,
    targets: targets.map((target) => toMetricsTarget(target, ports.store.knownHosts)),
    unreached,
    withoutAgent: found.targets.filter((target) => !hasAgent(target)).map(({ address }) => address),
  };
}

const isHttp = ({ entry }: DeployTarget): boolean => entry.values.monitoring?.transport === 'http';

function toMetricsTarget(target: DeployTarget, knownHosts: string): MetricsTarget {
  const port = target.entry.values.monitoring?.port ?? AGENT_PORT;
  if (isHttp(target)) return { address: target.address, endpoint: { kind: 'http', host: target.ip, port } };
  const { ip: host, port: sshPort } = target;
  return {
    address: target.address,
    endpoint: { kind: 'ssh', host, sshPort, sshArguments: listSshArguments(target, knownHosts, []), port },
  };
}
