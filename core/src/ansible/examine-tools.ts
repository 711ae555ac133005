import { execa } from 'execa';
import { findExecutable } from './find-executable.ts';

/** Programs that deploying uses, and how each tells its version. `isOptional`: only some servers want it. */
const tools = [
  { name: 'ansible-playbook', arguments: ['--version'], pattern: /\[core ([^\]]+)\]/, isOptional: false },
  { name: 'python3', arguments: ['--version'], pattern: /Python ([\d.]+)/, isOptional: false },
  { name: 'ssh', arguments: ['-V'], pattern: /(OpenSSH_[\w.]+)/, isOptional: false },
  { name: 'ssh-keyscan', arguments: undefined, pattern: /./, isOptional: false },
  { name: 'sshpass', arguments: ['-V'], pattern: /sshpass ([\d.]+)/, isOptional: true },
] as const;

export type ToolName = (typeof tools)[number]['name'];

/** What was found out about one program. */
export interface ToolReport {
  readonly name: ToolName;
  readonly isOptional: boolean;
  /** Full path; undefined: not on PATH. */
  readonly path?: string;
  /** As it tells it; undefined where it tells none. */
  readonly version?: string;
  /** It is there and does not work: what it said. */
  readonly problem?: string;
}

/** Looks for the programs on PATH, outside of `folder`, and asks each for its version. */
export function examineTools(
  environment: Readonly<Partial<Record<string, string>>>,
  folder: string,
  signal: AbortSignal,
): Promise<readonly ToolReport[]> {
  return Promise.all(
    tools.map(async ({ name, arguments: words, pattern, isOptional }): Promise<ToolReport> => {
      const path = await findExecutable(name, environment['PATH'], folder);
      if (path === undefined) return { name, isOptional };
      if (!words) return { name, isOptional, path };
      const result = await execa(path, words, {
        env: { ...environment, LC_ALL: 'C.UTF-8' },
        extendEnv: false,
        reject: false,
        all: true,
        stdin: 'ignore',
        cancelSignal: signal,
      });
      const version = pattern.exec(result.all)?.[1];
      return version === undefined
        ? { name, isOptional, path, problem: result.all.trim().split('\n').at(-1) ?? '' }
        : { name, isOptional, path, version };
    }),
  );
}

/** How packages are installed here, and how the packages of each program are called there. */
const managers = [
  {
    program: 'apt-get',
    install: 'sudo apt-get install -y --no-install-recommends',
    packages: {
      'ansible-playbook': 'ansible-core',
      python3: 'python3',
      ssh: 'openssh-client',
      'ssh-keyscan': 'openssh-client',
      sshpass: 'sshpass',
    },
  },
  {
    program: 'dnf',
    install: 'sudo dnf install -y',
    packages: {
      'ansible-playbook': 'ansible-core',
      python3: 'python3',
      ssh: 'openssh-clients',
      'ssh-keyscan': 'openssh-clients',
      sshpass: 'sshpass',
    },
  },
  {
    program: 'pacman',
    install: 'sudo pacman -S --needed',
    packages: { 'ansible-playbook': 'ansible-core', python3: 'python', ssh: 'openssh', 'ssh-keyscan': 'openssh', sshpass: 'sshpass' },
  },
  {
    program: 'brew',
    install: 'brew install',
    packages: { 'ansible-playbook': 'ansible', python3: 'python', ssh: 'openssh', 'ssh-keyscan': 'openssh', sshpass: 'sshpass' },
  },
] as const;

/** One command that installs what is missing; undefined where no package manager we know is there. */
export async function findRemedy(
  missing: readonly ToolName[],
  environment: Readonly<Partial<Record<string, string>>>,
  folder: string,
): Promise<string | undefined> {
  if (missing.length === 0) return undefined;
  for (const { program, install, packages } of managers) {
    if ((await findExecutable(program, environment['PATH'], folder)) === undefined) continue;
    return [install, ...new Set(missing.map((name) => packages[name]))].join(' ');
  }
  return undefined;
}
