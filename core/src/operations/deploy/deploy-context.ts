import type { Ansible } from '../../ports/ansible.ts';
import type { DeployStore } from '../../ports/deploy-store.ts';
import type { SshHosts } from '../../ports/ssh-hosts.ts';
import type { OperationContext } from '../operation-context.ts';

/** What deploying works with beside the engine; wired in core/create-core. */
export interface DeployPorts {
  readonly ansible: Ansible;
  readonly ssh: SshHosts;
  readonly store: DeployStore;
  /** sha256 over a file, or over all files below a folder but the excluded ones (names and patterns); undefined: not there. */
  hashTree(path: string, exclude: readonly string[]): Promise<string | undefined>;
  /** Hands values of secret variables to Ansible: environment variable → value. They are masked in every text from then on. */
  giveSecrets(secrets: ReadonlyMap<string, string>): void;
  /** Hands further variables of the environment to Ansible; nothing is masked. */
  giveVariables(variables: ReadonlyMap<string, string>): void;
  /** Hides secrets in a text. */
  redact(text: string): string;
}

export interface DeployContext extends OperationContext {
  /** Opens the ports for one project; `folder` is that of the infra file. */
  openDeploy(folder: string, project: string): Promise<DeployPorts>;
  /** Version of ict. */
  readonly version: string;
  /** Whether metrics agents are installed, where the file does not say otherwise. */
  readonly wantsAgent: boolean;
  /** How long a host may take until its SSH answers, milliseconds; 0: one look. */
  readonly sshWaitMs: number;
}
