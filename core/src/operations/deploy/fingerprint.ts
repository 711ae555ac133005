import type { ExpandedInfra } from '../../infra/expand/expanded-infra.ts';
import { type HostStep, listSteps } from '../../engine/deploy/host-steps.ts';
import type { DeployContext, DeployPorts } from './deploy-context.ts';

/** Folders beside a playbook from which Ansible takes what it uses. */
const COMPANIONS = ['roles', 'tasks', 'handlers', 'templates', 'files', 'vars', 'group_vars', 'host_vars'] as const;

/** Tells whether a playbook would do anything else on a host than the last time. Remembers what it has read. */
export interface Fingerprints {
  /** sha256 over the playbook, the version of ict where it is bundled, its variables, the host's variables, the app's files. */
  of(step: HostStep, hostVars: Readonly<Record<string, unknown>>): Promise<string>;
}

/** Playbook as the file names it → sha256 over it and what it takes from beside it. */
export type PlaybookHashes = ReadonlyMap<string, string>;

/** Hashes every playbook of the file that is no part of ict, with the application that it installs. */
export async function readPlaybookHashes(context: DeployContext, ports: DeployPorts, infra: ExpandedInfra): Promise<PlaybookHashes> {
  const read = createPlaybookReader(context, ports);
  const resolve = (path: string): string => context.files.resolve(path, infra.file);
  const steps = infra.entries.flatMap((entry) => listSteps(entry, resolve));
  const own = new Map(
    steps.filter(({ isBundled, vars }) => !isBundled || vars['app_source'] !== undefined).map((step) => [step.label, step]),
  );
  return new Map(await Promise.all([...own].map(async ([label, step]) => [label, await read(step)] as const)));
}

/** Labels of the playbooks that are not what they were. */
export const listChangedPlaybooks = (before: PlaybookHashes, now: PlaybookHashes): readonly string[] =>
  [...before].flatMap(([label, hash]) => (now.get(label) === hash ? [] : [label]));

/** Hashes a step's playbook; remembers what it has read. */
function createPlaybookReader(context: DeployContext, { hashTree }: DeployPorts): (step: HostStep) => Promise<string> {
  const known = new Map<string, Promise<string>>();
  const read = (path: string, exclude: readonly string[]): Promise<string> => {
    const key = JSON.stringify([path, exclude]);
    const hash = known.get(key) ?? hashTree(path, exclude).then((value) => value ?? 'none');
    known.set(key, hash);
    return hash;
  };
  return async ({ playbook, isBundled, vars }) => {
    const source = vars['app_source'];
    const exclude = Array.isArray(vars['app_exclude']) ? vars['app_exclude'].map(String) : [];
    const app = typeof source === 'string' ? await read(source, [...exclude, '.git', '.hg', '.svn', '.ict']) : '';
    if (isBundled) return `${context.version} ${playbook} ${app}`;
    const folder = context.folderOf(playbook);
    const parts = [playbook, ...COMPANIONS.map((name) => `${folder}/${name}`)];
    return [...(await Promise.all(parts.map((path) => read(path, [])))), app].join(' ');
  };
}

export function createFingerprints(context: DeployContext, ports: DeployPorts): Fingerprints {
  const readPlaybook = createPlaybookReader(context, ports);
  return {
    of: async (step, hostVars) =>
      context.hash([new TextEncoder().encode(JSON.stringify([await readPlaybook(step), step.tags, step.vars, hostVars]))]),
  };
}
