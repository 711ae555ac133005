import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { t } from '#schemas/text/text.ts';
import type { HostBackend, HostRequest } from '../backend/host-backend.ts';
import { sharedTools } from '../packages/needed-packages.ts';
import { findMissing, findTool, type HostProbe } from '../isolated/probe-isolated.ts';
import { removeTree } from '../machine/run-tool.ts';
import { createSharedHost, type SharedHost } from './shared-host.ts';

/** What shared hosts are made with. */
export interface SharedOptions {
  /** `sshd`, by its full path: it starts itself anew for each connection. */
  readonly sshd: string;
  /** Keeps the hosts' keys and homes over restarts. Missing: they end with the backend. */
  readonly disksDir?: string;
}

/** Whether shared hosts can run here. Never for root: whoever gets in would be root of this machine. */
export const probeShared = async (): Promise<HostProbe<SharedOptions>> => {
  if (process.platform !== 'linux') return { kind: 'unavailable', reason: t('Only Linux has an address of its own for each shared host.') };
  if (process.getuid?.() === 0) return { kind: 'unavailable', reason: t('Shared hosts would give a shell as root of this machine.') };
  const sshd = await findTool('sshd');
  const missing = await findMissing(sharedTools);
  if (sshd === undefined || missing !== undefined) return { kind: 'unavailable', reason: missing ?? t('Not installed: {0}.', 'sshd') };
  return { kind: 'available', found: { sshd } };
};

/** A plain sshd for each server, run by this user: real SSH and an address each, but one machine, one user and no root. */
export const createSharedBackend = async (options: SharedOptions): Promise<HostBackend> => {
  const ownDir = options.disksDir === undefined ? await mkdtemp(join(tmpdir(), 'ict-shared-')) : undefined;
  const disksDir = options.disksDir ?? ownDir ?? '';
  const hosts = new Map<number, SharedHost>();
  const hostOf = (serverId: number): SharedHost => {
    const host = hosts.get(serverId) ?? createSharedHost(serverId, { sshd: options.sshd, folder: join(disksDir, String(serverId)) });
    hosts.set(serverId, host);
    return host;
  };
  const start = async (request: HostRequest) => ({ ip: await hostOf(request.serverId).start(request) });
  return {
    name: 'shared',
    start,
    stop: async (serverId) => hosts.get(serverId)?.stop(),
    reboot: async (serverId) => hosts.get(serverId)?.reboot(),
    async rebuild(request) {
      const erased = hostOf(request.serverId).erase();
      const started = start(request);
      await erased;
      return started;
    },
    delete: (serverId) => hostOf(serverId).erase(),
    list: () => [...hosts.values()].map((host) => host.facts()).filter((facts) => facts !== undefined),
    async close() {
      await Promise.all([...hosts.values()].map((host) => host.stop()));
      if (ownDir !== undefined) await removeTree(ownDir, false);
    },
  };
};
