import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { HostBackend, HostFacts } from '#sandbox/hosts/backend/host-backend.ts';
import { createIsolatedBackend } from '#sandbox/hosts/isolated/isolated-backend.ts';
import { deployRecord, type DeployRecord } from '#schemas/deploy/deploy-record.ts';
import * as z from 'zod';
import { type CliRun, type Lab, openLab, type RunOptions } from '../helpers/lab.ts';
import { run as runTool } from '../hosts/host-lab.ts';

/** A project with a key of its own over hosts that are real. */
export interface DeployLab extends Lab {
  readonly backend: HostBackend;
  /** Runs a command on the host of a server as root, without any check of its key. */
  onHost(server: string, command: string): Promise<string>;
  /** The host of a server, as the sandbox knows it. */
  factsOf(server: string): HostFacts;
  /** Writes a file of the project. */
  put(name: string, text: string): Promise<void>;
  /** `ict deploy` as JSON. */
  deploy(args?: readonly string[], options?: RunOptions): Promise<DeployRun>;
}

/** How a deploy ended. */
export interface DeployRun extends CliRun {
  readonly kind: string;
  /** Undefined where the deploy did not get to the hosts. */
  readonly record: DeployRecord | undefined;
}

const answer = z.looseObject({ kind: z.string().optional(), record: deployRecord.optional() });

export async function openDeployLab(cgroupRoot: string, environment: Readonly<Record<string, string>>): Promise<DeployLab> {
  const backend = await createIsolatedBackend({ cgroupRoot });
  const lab = await openLab({ hosts: backend }, environment);
  const key = join(lab.folder, 'keys', 'id');
  await mkdir(join(lab.folder, 'keys'));
  await runTool('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-C', 'me', '-f', key);
  const factsOf = (name: string): HostFacts => {
    const id = lab.sandbox.state.servers.find((server) => server.name === name)?.id;
    const facts = backend.list?.().find(({ serverId }) => serverId === id);
    if (facts === undefined) throw new Error(`no host ${name}`);
    return facts;
  };
  return {
    ...lab,
    backend,
    factsOf,
    onHost: (server, command) => {
      const { ip, port } = factsOf(server);
      const options = ['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'IdentitiesOnly=yes', 'BatchMode=yes', 'LogLevel=ERROR'];
      const words = options.flatMap((option) => ['-o', option]);
      return runTool('ssh', '-F', 'none', ...words, '-i', key, '-p', String(port), `root@${ip}`, command);
    },
    put: (name, text) => writeFile(join(lab.folder, name), text),
    deploy: async (args = [], options = {}) => {
      const ran = await lab.run(['deploy', '--json', ...args], options);
      const parsed = ran.out.trim() === '' ? {} : answer.parse(JSON.parse(ran.out));
      return { ...ran, kind: parsed.kind ?? '', record: parsed.record };
    },
  };
}

/** Processes other than this one that were started for a folder: its path is in their words or their environment. */
export async function listProcesses(folder: string): Promise<string[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && name !== String(process.pid));
  const read = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');
  const found = await Promise.all(
    ids.map(async (id) => {
      const [words, environment] = await Promise.all([read(`/proc/${id}/cmdline`), read(`/proc/${id}/environ`)]);
      return `${words}\0${environment}`.includes(folder) ? [`${id} ${words.replaceAll('\0', ' ')}`] : [];
    }),
  );
  return found.flat();
}
