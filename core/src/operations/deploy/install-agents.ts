import { exitCodes } from '#schemas/events/exit-code.ts';
import type { Address } from '#schemas/infra/names.ts';
import { t, tn } from '#schemas/text/text.ts';
import { AnsibleError } from '../../ports/ansible.ts';
import type { OperationResult } from '../operation-result.ts';
import type { OperationSignals } from '../operation-context.ts';
import { lockProject, type Project } from '../open-project.ts';
import { carryOutDeploy } from './carry-out-deploy.ts';
import type { DeployContext } from './deploy-context.ts';
import type { DeployRequest } from './deploy-request.ts';
import { toDeployExitCode } from './deploy-result.ts';
import { findProjectHosts } from './locate-hosts.ts';

/** Servers that an apply has made, by creation or replacement. */
export function listNewServers(result: OperationResult): readonly Address[] {
  if (result.kind !== 'applied') return [];
  const succeeded = new Set(result.result.succeeded);
  return result.plan.changes
    .filter(({ kind, steps }) => kind === 'server' && steps.some((step) => step.kind === 'create-server' && succeeded.has(step.id)))
    .map(({ address }) => address);
}

/**
 * After an apply: waits for SSH of the new servers, pins their host keys and installs the metrics agent, unless the file
 * turns it off. The servers are there whatever comes of it, so a failure is a warning with the next step, never an error.
 */
export async function installAgents(
  context: DeployContext,
  project: Project,
  request: DeployRequest,
  addresses: readonly Address[],
  signals: OperationSignals,
): Promise<void> {
  const failed = await tryInstall(context, project, request, addresses, signals);
  if (failed)
    context.emit({
      kind: 'message',
      level: 'warning',
      text: tn(
        addresses.length,
        'The metrics agent is not on {0} new server yet. To install it: ict deploy',
        'The metrics agent is not on all of {0} new servers yet. To install it: ict deploy',
      ),
    });
}

/** Whether it failed. */
async function tryInstall(
  context: DeployContext,
  project: Project,
  request: DeployRequest,
  addresses: readonly Address[],
  signals: OperationSignals,
): Promise<boolean> {
  try {
    const result = await lockProject(context, project, async () => {
      const found = await findProjectHosts(context, project, request, addresses, signals.abort);
      const { ports, expanded, everyone, targets, unreached } = found;
      if (targets.every(({ entry }) => entry.values.monitoring?.agent === false)) return undefined;
      await ports.ansible.version(signals.abort);
      return carryOutDeploy(context, ports, { kind: 'agent', request, expanded, everyone, targets, unreached }, signals);
    });
    if (result === undefined) return false;
    return toDeployExitCode(result) !== exitCodes.done;
  } catch (error) {
    if (!(error instanceof AnsibleError)) throw error;
    context.emit({ kind: 'message', level: 'warning', text: t('{0} What is missing, and how to get it: ict doctor', error.text) });
    return true;
  }
}
