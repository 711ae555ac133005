import type { OperationSignals } from '../operation-context.ts';
import { withProject } from '../open-project.ts';
import { carryOutDeploy } from './carry-out-deploy.ts';
import type { DeployContext } from './deploy-context.ts';
import type { DeployRequest, DeployResult } from './deploy-request.ts';
import { findProjectHosts, sayUnreached } from './locate-hosts.ts';

/** Runs one command of a shell on the servers that the request is limited to; changes nothing else. Throws as `runDeploy`. */
export async function runCommand(
  context: DeployContext,
  request: DeployRequest,
  command: string,
  signals: OperationSignals,
): Promise<DeployResult> {
  const result = await withProject(context, request.file, async (project) => {
    const found = await findProjectHosts(context, project, request, request.limit, signals.abort);
    const { ports, expanded, everyone, targets, unreached } = found;
    await ports.ansible.version(signals.abort);
    for (const one of unreached) context.emit({ kind: 'message', level: 'warning', text: sayUnreached(one) });
    if (targets.length === 0) {
      const missing = unreached.filter(({ why }) => why !== 'off').map(({ address }) => address);
      return missing.length > 0
        ? ({ kind: 'unreached', addresses: missing } as const)
        : ({ kind: 'nothing-to-deploy', why: 'no-hosts' } as const);
    }
    ports.giveVariables(new Map([['ICT_COMMAND', command]]));
    return carryOutDeploy(context, ports, { kind: 'command', request, expanded, everyone, targets, unreached }, signals);
  });
  return result.kind === 'invalid' ? { kind: 'not-applied', result } : result;
}
