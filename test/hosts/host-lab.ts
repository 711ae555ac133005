import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { HostFacts, HostRequest } from '#sandbox/hosts/backend/host-backend.ts';

/** A key pair and a folder for known hosts: what a person has on the machine they connect from. */
export interface Client {
  readonly publicKey: string;
  /** Path of the private key. */
  readonly keyFile: string;
  /** Runs a command on a host whose key must be the pinned one. Rejects with ssh's own words. */
  ssh(host: HostFacts, ...command: string[]): Promise<string>;
  close(): Promise<void>;
}

export async function createClient(): Promise<Client> {
  const folder = await mkdtemp(join(tmpdir(), 'ict-client-'));
  const key = join(folder, 'key');
  await run('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', 'client', '-f', key);
  return {
    keyFile: key,
    publicKey: (await readFile(`${key}.pub`, 'utf8')).trim(),
    async ssh(host, ...command) {
      const known = join(folder, `known-${host.serverId}`);
      const name = host.port === 22 ? host.ip : `[${host.ip}]:${host.port}`;
      await writeFile(known, `${name} ${host.hostKey}\n`);
      const options = ['StrictHostKeyChecking=yes', `UserKnownHostsFile=${known}`, 'IdentitiesOnly=yes', 'BatchMode=yes', 'LogLevel=ERROR'];
      const words = options.flatMap((option) => ['-o', option]);
      return run('ssh', '-F', 'none', ...words, '-i', key, '-p', String(host.port), `${host.user}@${host.ip}`, ...command);
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

/** What a program printed; rejects with what it complained about. */
export async function run(tool: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(tool, args, { timeout: 60_000 });
  return stdout.trim();
}

/** A server as the sandbox would ask for its host. */
export const hostRequest = (serverId: number, publicKey: string, more: Partial<HostRequest> = {}): HostRequest => ({
  serverId,
  name: `web-${serverId % 1000}`,
  image: 'Ubuntu20.04x64',
  adminUser: 'root',
  adminPassword: 'Secret123',
  publicKeys: [publicKey],
  cpu: 1,
  ramMb: 1024,
  hddGb: 20,
  address: undefined,
  ...more,
});

/** Everything hosts of this process have on the machine: processes, mounts, cgroups, folders. */
export async function listTraces(word: string, cgroupRoot: string): Promise<string[]> {
  const traces = await Promise.all([
    readdir('/proc').then((names) => Promise.all(names.filter((name) => /^\d+$/.test(name)).map(describeProcess))),
    readFile('/proc/self/mounts', 'utf8').then((text) => text.split('\n')),
    readdir(cgroupRoot),
    readdir(tmpdir()),
  ]);
  return traces.flat().filter((trace) => trace.includes(word));
}

async function describeProcess(pid: string): Promise<string> {
  const read = (name: string): Promise<string> => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '');
  return `process ${pid} ${(await read('cmdline')).replaceAll('\0', ' ')} in ${await read('cgroup')}`;
}
