import { join } from 'node:path';
import { t } from '#schemas/text/text.ts';
import { ADDRESS_TURNS, addressOf } from './host-address.ts';
import { HostError } from './host-error.ts';
import { type HostRelay, openRelay } from './host-relay.ts';

/** Where a host can be reached now. */
export interface HostListeners {
  readonly ip: string;
  readonly sshPort: number;
  readonly relays: readonly HostRelay[];
}

/** Where SSH is when this process may not listen on port 22. */
export const UNPRIVILEGED_SSH_PORT = 2222;

/**
 * Opens the host's ports on its address; without one, on the first that is free. Ports below 1024 that are not allowed are left out,
 * SSH moves to {@link UNPRIVILEGED_SSH_PORT}. Throws {@link HostError} `address-taken`.
 */
export const listenForHost = async (
  serverId: number,
  address: string | undefined,
  ports: readonly number[],
  sockets: string,
): Promise<HostListeners> => {
  for (let turn = 0; turn < (address === undefined ? ADDRESS_TURNS : 1); turn++) {
    const listeners = await tryAddress(address ?? addressOf(serverId, turn), ports, sockets);
    if (listeners !== undefined) return listeners;
  }
  throw new HostError('address-taken', t('Address {0} is taken by another program.', address ?? addressOf(serverId)));
};

/** Undefined when a port of the address is taken. */
async function tryAddress(ip: string, ports: readonly number[], sockets: string): Promise<HostListeners | undefined> {
  const relays: HostRelay[] = [];
  let sshPort = 22;
  for (const port of ports) {
    const socket = join(sockets, `${port}.sock`);
    try {
      try {
        relays.push(await openRelay(ip, port, socket));
      } catch (error) {
        if (!hasCode(error, 'EACCES')) throw error;
        if (port !== 22) continue;
        relays.push(await openRelay(ip, UNPRIVILEGED_SSH_PORT, socket));
        sshPort = UNPRIVILEGED_SSH_PORT;
      }
    } catch (error) {
      await Promise.all(relays.map((relay) => relay.close()));
      if (hasCode(error, 'EADDRINUSE')) return undefined;
      throw error;
    }
  }
  return { ip, sshPort, relays };
}

const hasCode = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code;
