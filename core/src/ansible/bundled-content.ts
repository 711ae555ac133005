import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Ansible content that comes with ict. */
export interface BundledContent {
  readonly folder: string;
  readonly config: string;
  /** Folder of our callback plugin. */
  readonly callbacks: string;
  playbook(name: string): string;
}

/** Finds `playbooks/`, from the sources as from a bundle in `dist/`. Undefined when it was not shipped. */
export function findBundledContent(): BundledContent | undefined {
  const folder = ['../../../playbooks', '../playbooks']
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((path) => existsSync(join(path, 'ansible.cfg')));
  if (folder === undefined) return undefined;
  return {
    folder,
    config: join(folder, 'ansible.cfg'),
    callbacks: join(folder, 'plugins', 'callback'),
    playbook: (name) => join(folder, `${name}.yml`),
  };
}
