import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** An ansible-playbook to test with. */
export interface TestAnsible {
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Of ansible-core, such as `2.14`. */
  readonly version: string;
}

/**
 * The machine's Ansible, or the one `ICT_TEST_ANSIBLE=2.19` names: Debian 13's, unpacked into the cache by `scripts/unpack-ansible.mjs`
 * and run by Debian 12's Python. Rejects when it is not there, or is another version.
 */
export async function findTestAnsible(wanted = process.env['ICT_TEST_ANSIBLE']): Promise<TestAnsible> {
  const found = wanted === undefined ? { command: ['ansible-playbook'], environment: {} } : await unpack();
  const [program = '', ...rest] = found.command;
  const env = { ...process.env, ...found.environment, LC_ALL: 'C.UTF-8' };
  const { stdout } = await promisify(execFile)(program, [...rest, '--version'], { env });
  const version = /\[core (\d+\.\d+)/.exec(stdout)?.[1] ?? '';
  if (wanted !== undefined && version !== wanted) throw new Error(`Ansible ${wanted} is wanted, and it is ${version}`);
  return { ...found, version };
}

async function unpack(): Promise<Pick<TestAnsible, 'command' | 'environment'>> {
  const { stdout } = await promisify(execFile)(process.execPath, ['scripts/unpack-ansible.mjs'], { timeout: 300_000 });
  const root = stdout.trim();
  // Its own Python is another one, for which the packages below it were not made.
  return {
    command: ['/usr/bin/python3', `${root}/usr/bin/ansible-playbook`],
    environment: { PYTHONPATH: `${root}/usr/lib/python3/dist-packages` },
  };
}
