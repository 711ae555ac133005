import { toHostRequest } from '../hosts/backend/host-backend.ts';
import type { SandboxContext } from '../context/sandbox-context.ts';

/**
 * Switches on the hosts of servers that are on without a task having done it: seeded ones, and all after a restart. Nobody waits;
 * a host that fails shows by not answering.
 */
export const resumeHosts = ({ state, hosts }: SandboxContext): void => {
  for (const server of state.servers) {
    if (!server.isPowerOn) continue;
    const keys = state.keys.filter((key) => server.keyIds.includes(key.id)).map((key) => key.publicKey);
    const started = hosts.start(toHostRequest(server, keys, server.adminPassword ?? ''));
    if (started instanceof Promise) started.catch(() => undefined);
  }
};
