import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { AnsibleConfig } from '../ports/ansible.ts';

/** Others than the owner and its group may write (stat(2)). */
const WORLD_WRITABLE = 0o002;

/**
 * The configuration of a run. What the user's environment names (`ANSIBLE_CONFIG`) counts always. An `ansible.cfg` beside the infra file
 * counts for the user's own playbooks only: it can name plugins, which run on this machine, and neither a command, nor the metrics agent,
 * nor a playbook of ours needs any. In a folder that everybody may write to it does not count at all, as Ansible itself holds it
 * ("Avoiding security risks with ansible.cfg in the current directory"): ict names the file to Ansible, which would not ask any more.
 */
export async function chooseConfig(given: {
  readonly named: string | undefined;
  readonly folder: string;
  readonly bundled: string;
  readonly isBundled: boolean;
}): Promise<AnsibleConfig> {
  const { named, folder, bundled, isBundled } = given;
  if (named !== undefined && named !== '') return { path: named, from: 'environment' };
  const own = { path: bundled, from: 'ict' } as const;
  if (isBundled) return own;
  const path = join(folder, 'ansible.cfg');
  const [file, around] = await Promise.all([path, folder].map((one) => stat(one).catch(() => undefined)));
  if (!file?.isFile() || !around) return own;
  return (around.mode & WORLD_WRITABLE) === 0 ? { path, from: 'project' } : { ...own, ignored: path };
}
