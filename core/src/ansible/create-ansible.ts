import { execa } from 'execa';
import { t } from '#schemas/text/text.ts';
import { type Ansible, AnsibleError, type PlaybookRequest } from '../ports/ansible.ts';
import { chooseConfig } from './choose-config.ts';
import { type BundledContent, findBundledContent } from './bundled-content.ts';
import { findExecutable } from './find-executable.ts';
import { buildEnvironment } from './run/run-environment.ts';
import { listArguments, toShellCommand } from './run/playbook-arguments.ts';
import { runPlaybook } from './run/run-playbook.ts';
import { openControlPathDir } from './ssh/control-path.ts';

export interface AnsibleOptions {
  /** Asked before each run: secrets of a run are in it only once they are known. */
  readonly environment: () => Readonly<Partial<Record<string, string>>>;
  /** Folder of the infra file; programs inside of it are never run. */
  readonly folder: string;
  readonly controlPathDir: string;
}

/** Ansible of this machine, found on `PATH`. */
export function createAnsible({ environment, folder, controlPathDir }: AnsibleOptions): Ansible {
  const find = async (): Promise<string> => {
    const path = await findExecutable('ansible-playbook', environment()['PATH'], folder);
    if (path === undefined) throw new AnsibleError('not-installed', t('Ansible is not installed: there is no `ansible-playbook` on PATH.'));
    return path;
  };
  const content = (): BundledContent => {
    const found = findBundledContent();
    if (!found) throw new AnsibleError('playbooks-missing', t('The playbooks of ict are missing: install ict again.'));
    return found;
  };
  const configOf = ({ folder: folderOfFile, isBundled }: Pick<PlaybookRequest, 'folder' | 'isBundled'>) =>
    chooseConfig({ named: environment()['ANSIBLE_CONFIG'], folder: folderOfFile, bundled: content().config, isBundled });
  const prepare = async (request: PlaybookRequest) => {
    const bundled = content();
    const { path: config } = await configOf(request);
    const playbook = request.isBundled ? bundled.playbook(request.playbook) : request.playbook;
    return {
      executable: await find(),
      arguments: listArguments(request, playbook),
      environment: buildEnvironment({
        inherited: environment(),
        config,
        callbacks: bundled.callbacks,
        controlPathDir,
        hostCount: request.hostCount,
      }),
      cwd: request.folder,
      config,
    };
  };
  let known: string | undefined;
  return {
    version: async (signal) => {
      if (known !== undefined) return known;
      const executable = await find();
      const result = await execa(executable, ['--version'], {
        env: { ...environment(), LC_ALL: 'C.UTF-8' },
        extendEnv: false,
        reject: false,
        cancelSignal: signal,
      });
      const version = /\[core ([\d.]+\w*)\]/.exec(result.stdout)?.[1];
      if (version === undefined)
        throw new AnsibleError(
          'unusable',
          t('Ansible at {0} does not work: {1}', executable, firstLine(result.stderr) ?? result.shortMessage ?? ''),
        );
      known = version;
      return version;
    },
    configOf,
    checkSyntax: async (request, signal) => {
      const run = await prepare(request);
      const { ICT_EVENTS_FD: _none, ...quiet } = run.environment;
      const result = await execa(run.executable, ['--syntax-check', ...run.arguments], {
        cwd: run.cwd,
        env: quiet,
        extendEnv: false,
        reject: false,
        cancelSignal: signal,
      });
      signal.throwIfAborted();
      return result.exitCode === 0 ? undefined : result.stderr.trim();
    },
    run: async (request, listener, signals) => {
      const run = await prepare(request);
      await openControlPathDir(controlPathDir);
      const outcome = await runPlaybook(run, listener, signals);
      return { ...outcome, shellCommand: toShellCommand(['ansible-playbook', ...run.arguments], { ANSIBLE_CONFIG: run.config }) };
    },
  };
}

const firstLine = (text: string): string | undefined => text.split('\n').find((line) => line.trim() !== '');
