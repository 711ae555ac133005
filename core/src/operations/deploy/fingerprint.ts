import type { HostStep } from '../../engine/deploy/host-steps.ts';
import type { DeployContext, DeployPorts } from './deploy-context.ts';

/** Folders beside a playbook from which Ansible takes what it uses. */
const COMPANIONS = ['roles', 'tasks', 'handlers', 'templates', 'files', 'vars', 'group_vars', 'host_vars'] as const;

/** Tells whether a playbook would do anything else on a host than the last time. Remembers what it has read. */
export interface Fingerprints {
  /** sha256 over the playbook, the version of ict where it is bundled, its variables, the host's variables, the app's files. */
  of(step: HostStep, hostVars: Readonly<Record<string, unknown>>): Promise<string>;
}

export function createFingerprints(context: DeployContext, { hashTree }: DeployPorts): Fingerprints {
  const known = new Map<string, Promise<string>>();
  const read = (path: string, exclude: readonly string[]): Promise<string> => {
    const key = JSON.stringify([path, exclude]);
    const hash = known.get(key) ?? hashTree(path, exclude).then((value) => value ?? 'none');
    known.set(key, hash);
    return hash;
  };
  const readPlaybook = async ({ playbook, isBundled, vars }: HostStep): Promise<string> => {
    const source = vars['app_source'];
    const exclude = Array.isArray(vars['app_exclude']) ? vars['app_exclude'].map(String) : [];
    const app = typeof source === 'string' ? await read(source, [...exclude, '.git', '.hg', '.svn', '.ict']) : '';
    if (isBundled) return `${context.version} ${playbook} ${app}`;
    const folder = context.folderOf(playbook);
    const parts = [playbook, ...COMPANIONS.map((name) => `${folder}/${name}`)];
    return [...(await Promise.all(parts.map((path) => read(path, [])))), app].join(' ');
  };
  return {
    of: async (step, hostVars) =>
      context.hash([new TextEncoder().encode(JSON.stringify([await readPlaybook(step), step.tags, step.vars, hostVars]))]),
  };
}
