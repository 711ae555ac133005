import type { ExpandedInfra } from '../../infra/expand/expanded-infra.ts';
import { readInfraFile } from '../../infra/read-infra-file.ts';
import type { ActualState } from '#schemas/state/actual.ts';
import type { Address } from '#schemas/infra/names.ts';
import type { ProjectStore } from '../../ports/project-store.ts';
import type { OperationSignals } from '../operation-context.ts';
import { withProject } from '../with-project.ts';
import { carryOutDeploy } from './carry-out-deploy.ts';
import type { DeployContext, DeployPorts } from './deploy-context.ts';
import type { DeployRequest, DeployResult } from './deploy-request.ts';
import { locateHosts, sayUnreached, selectServers } from './locate-hosts.ts';
import { settleDifference } from './settle-difference.ts';

/**
 * Compares the panel with the file, settles the difference, then runs the playbooks of the file on its servers. Throws
 * `AnsibleError`, `TargetError`, `LockedError`, `CloudError`, `StorageError`.
 */
export async function runDeploy(context: DeployContext, request: DeployRequest, signals: OperationSignals): Promise<DeployResult> {
  const result = await withProject(context, request.file, async ({ name, folder, store }): Promise<DeployResult> => {
    const ports = await context.openDeploy(folder, name);
    // Before anything changes in the cloud: without Ansible there is no deploy.
    await ports.ansible.version(signals.abort);
    const settled = await settleDifference(context, request, signals);
    return settled.kind === 'settled' ? deployTo(context, ports, store, request, settled.actual, signals) : settled;
  });
  return result.kind === 'invalid' ? { kind: 'not-applied', result } : result;
}

async function deployTo(
  context: DeployContext,
  ports: DeployPorts,
  store: ProjectStore,
  request: DeployRequest,
  actual: ActualState,
  signals: OperationSignals,
): Promise<DeployResult> {
  const read = await readInfraFile(context.files, request.file);
  if (!read.value) return { kind: 'not-applied', result: { kind: 'invalid', diagnostics: read.diagnostics } };
  const expanded = read.value;
  const found = locateHosts(context, ports, expanded, actual, await store.readLedger(), request);
  const wanted = await selectWanted(ports, expanded, request);
  if (wanted === 'nothing-failed') return { kind: 'nothing-to-deploy', why: wanted };
  const unreached = found.unreached.filter(({ address }) => wanted(address));
  for (const one of unreached) context.emit({ kind: 'message', level: 'warning', text: sayUnreached(one) });
  const targets = found.targets.filter(({ address }) => wanted(address));
  if (targets.length === 0) {
    const missing = unreached.filter(({ why }) => why !== 'off').map(({ address }) => address);
    return missing.length > 0 ? { kind: 'unreached', addresses: missing } : { kind: 'nothing-to-deploy', why: 'no-hosts' };
  }
  return carryOutDeploy(context, ports, { kind: 'deploy', request, expanded, everyone: found.targets, targets, unreached }, signals);
}

/** So far back the last deploy is looked for among dry runs and commands. */
const RECENT = 50;

/** Which servers the deploy is about. Throws `TargetError` for a selector that selects nothing. */
async function selectWanted(
  { store }: DeployPorts,
  expanded: ExpandedInfra,
  { limit, isRetry }: DeployRequest,
): Promise<((address: Address) => boolean) | 'nothing-failed'> {
  const isLimited = selectServers(expanded, limit);
  if (!isRetry) return isLimited;
  const last = (await store.listDeploys(RECENT)).find(({ kind, isCheck }) => kind === 'deploy' && !isCheck);
  const failed = new Set(Object.values(last?.hosts ?? {}).flatMap(({ address, outcome }) => (outcome === 'ok' ? [] : [address])));
  return failed.size === 0 ? 'nothing-failed' : (address) => isLimited(address) && failed.has(address);
}
