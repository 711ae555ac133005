import type { Address } from '#schemas/infra/names.ts';
import { t } from '#schemas/text/text.ts';
import type { ExpandedInfra } from '../../infra/expand/expanded-infra.ts';
import { type Project, withProject } from '../open-project.ts';
import type { OperationSignals } from '../operation-context.ts';
import { carryOutDeploy } from './carry-out-deploy.ts';
import type { DeployContext, DeployPorts } from './deploy-context.ts';
import type { DeployRequest, DeployResult } from './deploy-request.ts';
import { listChangedPlaybooks, type PlaybookHashes, readPlaybookHashes } from './fingerprint.ts';
import { locateHosts, sayUnreached, selectServers } from './locate-hosts.ts';
import { type Settled, settleDifference } from './settle-difference.ts';

/**
 * Compares the panel with the file, settles the difference, then runs the playbooks of the file on its servers. The file is read once;
 * playbooks that change between the question and their run end the deploy. Throws `AnsibleError`, `TargetError`, `LockedError`,
 * `CloudError`, `StorageError`.
 */
export async function runDeploy(context: DeployContext, request: DeployRequest, signals: OperationSignals): Promise<DeployResult> {
  const result = await withProject(context, request.file, async (project): Promise<DeployResult> => {
    const ports = await context.openDeploy(project.folder, project.name);
    // Before anything changes in the cloud: without Ansible there is no deploy.
    await ports.ansible.version(signals.abort);
    const hashPlaybooks = (): Promise<PlaybookHashes> => readPlaybookHashes(context, ports, project.infra);
    const confirmed = await hashPlaybooks();
    const settled = await settleDifference(context, project, request, signals);
    if (settled.kind === 'not-applied') return settled;
    const changed = settled.hasApplied ? listChangedPlaybooks(confirmed, await hashPlaybooks()) : [];
    return changed.length > 0
      ? { kind: 'playbooks-changed', playbooks: changed }
      : deployTo(context, ports, project, request, settled, signals);
  });
  return result.kind === 'invalid' ? { kind: 'not-applied', result } : result;
}

async function deployTo(
  context: DeployContext,
  ports: DeployPorts,
  { infra: expanded, store }: Project,
  request: DeployRequest,
  { actual, leftOut }: Extract<Settled, { kind: 'settled' }>,
  signals: OperationSignals,
): Promise<DeployResult> {
  const found = locateHosts(context, ports, expanded, actual, await store.readLedger(), request);
  const isSelected = await selectWanted(ports, expanded, request);
  if (isSelected === 'nothing-failed') return { kind: 'nothing-to-deploy', why: isSelected };
  const refused = expanded.servers.map(({ address }) => address).filter((address) => leftOut.has(address) && isSelected(address));
  for (const address of refused)
    context.emit({ kind: 'message', level: 'warning', text: t('{0} is skipped: the plan refuses it', address) });
  const wanted = (address: Address): boolean => isSelected(address) && !leftOut.has(address);
  const unreached = found.unreached.filter(({ address }) => wanted(address));
  for (const one of unreached) context.emit({ kind: 'message', level: 'warning', text: sayUnreached(one) });
  const targets = found.targets.filter(({ address }) => wanted(address));
  if (targets.length === 0) {
    const missing = [...unreached.filter(({ why }) => why !== 'off').map(({ address }) => address), ...refused];
    return missing.length > 0 ? { kind: 'unreached', addresses: missing } : { kind: 'nothing-to-deploy', why: 'no-hosts' };
  }
  const result = await carryOutDeploy(
    context,
    ports,
    { kind: 'deploy', request, expanded, everyone: found.targets, targets, unreached },
    signals,
  );
  return result.kind === 'deployed' ? { ...result, leftOut: refused } : result;
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
