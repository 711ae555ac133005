import { createAnsible } from '../ansible/create-ansible.ts';
import { toControlPathDir } from '../ansible/ssh/control-path.ts';
import { createSshHosts } from '../ansible/ssh/create-ssh-hosts.ts';
import { listSpellings } from '../engine/deploy/withhold-secrets.ts';
import type { DeployContext } from '../operations/deploy/deploy-context.ts';
import type { OperationContext } from '../operations/operation-context.ts';
import type { Environment } from '../platform/environment.ts';
import { hashTree } from '../platform/hash-tree.ts';
import { createRedactor } from '../platform/redact.ts';
import { openDeployStore } from '../storage/open-deploy-store.ts';

export interface DeployOptions {
  readonly environment: Environment;
  readonly version: string;
  readonly sshWaitMs: number;
  /** Further secrets that no text may show, such as the token. */
  readonly secrets: () => readonly string[];
}

/** Adds Ansible, SSH and the records of hosts to an engine. */
export function createDeployContext(context: OperationContext, options: DeployOptions): DeployContext {
  return {
    ...context,
    version: options.version,
    sshWaitMs: options.sshWaitMs,
    wantsAgent: options.environment['ICT_AGENT'] !== 'off',
    openDeploy: (folder, project) => {
      const controlPathDir = toControlPathDir(folder);
      const given = new Map<string, string>();
      const variables = new Map<string, string>();
      const redact = createRedactor(() => [...options.secrets(), ...[...given.values()].flatMap(listSpellings)]);
      const environment = (): Environment => ({ ...options.environment, ...Object.fromEntries([...variables, ...given]) });
      return Promise.resolve({
        ansible: createAnsible({ environment, folder, controlPathDir }),
        ssh: createSshHosts(controlPathDir),
        store: openDeployStore(folder, project),
        hashTree,
        giveSecrets: (secrets) => {
          for (const [name, value] of secrets) given.set(name, value);
        },
        giveVariables: (more) => {
          for (const [name, value] of more) variables.set(name, value);
        },
        redact,
      });
    },
  };
}
