import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBundledContent } from '#core/ansible/bundled-content.ts';
import type { HostFacts } from '#sandbox/hosts/backend/host-backend.ts';
import { createIsolatedBackend } from '#sandbox/hosts/isolated/isolated-backend.ts';
import { type Client, createClient, hostRequest } from '../hosts/host-lab.ts';
import { findTestAnsible } from './test-ansible.ts';

/** How one run of a playbook ended. */
export interface Played {
  readonly code: number;
  /** What Ansible printed, both streams. */
  readonly out: string;
  /** Tasks that changed something, by the recap; -1 without one. */
  readonly changed: number;
  /** Names of these tasks, for a test's message. */
  readonly changes: readonly string[];
}

/** What a run is given besides its playbook. */
export interface PlayOptions {
  readonly vars?: Readonly<Record<string, unknown>>;
  readonly tags?: string;
  readonly isCheck?: boolean;
}

/** Hosts of Debian and a real Ansible for them. */
export interface PlaybookLab {
  /** Version of ansible-core, such as `2.14`. */
  readonly version: string;
  factsOf(host: string): HostFacts;
  /** Runs a command on a host as root. */
  ssh(host: string, command: string): Promise<string>;
  /** Runs a bundled playbook on one host. */
  play(playbook: string, host: string, options?: PlayOptions): Promise<Played>;
  close(): Promise<void>;
}

/** Starts a host for each name; its image is Debian 13 when the name says so, else 12. */
export async function openPlaybookLab(cgroupRoot: string, names: readonly string[], firstId: number): Promise<PlaybookLab> {
  const content = findBundledContent();
  if (content === undefined) throw new Error('no bundled playbooks');
  const ansible = await findTestAnsible();
  const client = await createClient();
  const folder = await mkdtemp(join(tmpdir(), 'ict-play-'));
  const backend = await createIsolatedBackend({ cgroupRoot });
  const start = (name: string, index: number) =>
    backend.start(hostRequest(firstId + index, client.publicKey, { name, image: name.includes('13') ? 'Debian 13' : 'Debian 12' }));
  await Promise.all(names.map(async (name, index) => start(name, index)));
  const factsOf = (name: string): HostFacts => {
    const facts = backend.list?.().find(({ serverId }) => serverId === firstId + names.indexOf(name));
    if (facts === undefined) throw new Error(`no host ${name}`);
    return facts;
  };
  const inventory = join(folder, 'hosts.json');
  await writeFile(inventory, JSON.stringify(await describeHosts(names, factsOf, client, folder)));
  const environment = {
    ...process.env,
    ...ansible.environment,
    LC_ALL: 'C.UTF-8',
    ANSIBLE_CONFIG: content.config,
    ANSIBLE_NOCOLOR: '1',
    ANSIBLE_LOCAL_TEMP: join(folder, 'tmp'),
    ANSIBLE_SSH_CONTROL_PATH_DIR: join(folder, 'cp'),
  };
  return {
    version: ansible.version,
    factsOf,
    ssh: (host, command) => client.ssh(factsOf(host), command),
    play: (playbook, host, { vars = {}, tags, isCheck = false } = {}) => {
      const words = [...ansible.command, '-i', inventory, '-l', host, '-e', JSON.stringify(vars), content.playbook(playbook)];
      const [program = '', ...rest] = [
        ...words,
        ...(tags === undefined ? [] : ['--tags', tags]),
        ...(isCheck ? ['--check', '--diff'] : []),
      ];
      return new Promise((resolve) => {
        execFile(program, rest, { env: environment, timeout: 200_000, maxBuffer: 2 ** 24 }, (error, stdout, stderr) => {
          resolve(readPlayed(typeof error?.code === 'number' ? error.code : error === null ? 0 : -1, `${stdout}${stderr}`));
        });
      });
    },
    async close() {
      await backend.close();
      await client.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function describeHosts(names: readonly string[], factsOf: (name: string) => HostFacts, client: Client, folder: string) {
  const known = join(folder, 'known_hosts');
  const lines = names.map(factsOf).map(({ ip, port, hostKey }) => `${port === 22 ? ip : `[${ip}]:${port}`} ${hostKey}\n`);
  await writeFile(known, lines.join(''));
  const hosts = names.map((name) => [name, { ansible_host: factsOf(name).ip, ansible_port: factsOf(name).port }] as const);
  const vars = {
    ansible_user: 'root',
    ansible_ssh_private_key_file: client.keyFile,
    ansible_ssh_common_args: `-F none -o UserKnownHostsFile=${known} -o StrictHostKeyChecking=yes -o IdentitiesOnly=yes`,
  };
  return { all: { hosts: Object.fromEntries(hosts), vars } };
}

function readPlayed(code: number, out: string): Played {
  const changed = /^\S+\s+: ok=\d+\s+changed=(\d+)/m.exec(out)?.[1];
  const tasks = out.split(/^(?:TASK|RUNNING HANDLER) \[/m).slice(1);
  const changes = tasks.filter((task) => /^changed: /m.test(task)).map((task) => task.slice(0, task.indexOf(']')));
  return { code, out, changed: Number(changed ?? -1), changes };
}
