import { t } from '#schemas/text/text.ts';
import { ADDRESS_TURNS, addressOf } from '../backend/host-address.ts';
import { HostError } from '../backend/host-error.ts';
import { type HostRelay, openRelay } from './host-relay.ts';

/** Where a host can be reached over SSH now. */
export interface HostListener {
  readonly ip: string;
  readonly sshPort: number;
  readonly relay: HostRelay;
}

/** Where SSH is when this process may not listen on port 22. */
export const UNPRIVILEGED_SSH_PORT = 2222;

/** SSH inside a host. */
export const SSH_PORT = 22;

/**
 * Opens the way to the host's SSH on its address; without one, on the first that is free. It is at {@link UNPRIVILEGED_SSH_PORT} where
 * port 22 is not allowed. Throws {@link HostError} `address-taken`.
 */
export const listenForHost = async (serverId: number, address: string | undefined, gateway: string): Promise<HostListener> => {
  for (let turn = 0; turn < (address === undefined ? ADDRESS_TURNS : 1); turn++) {
    const listener = await tryAddress(address ?? addressOf(serverId, turn), gateway);
    if (listener !== undefined) return listener;
  }
  throw new HostError('address-taken', t('Address {0} is taken by another program.', address ?? addressOf(serverId)));
};

/** Undefined when the port of the address is taken. */
async function tryAddress(ip: string, gateway: string): Promise<HostListener | undefined> {
  for (const sshPort of [SSH_PORT, UNPRIVILEGED_SSH_PORT]) {
    try {
      return { ip, sshPort, relay: await openRelay(ip, sshPort, { gateway, port: SSH_PORT }) };
    } catch (error) {
      if (hasCode(error, 'EADDRINUSE')) return undefined;
      if (!hasCode(error, 'EACCES') || sshPort !== SSH_PORT) throw error;
    }
  }
  return undefined;
}

/** Whether it is an error of the system of this name, such as `EACCES`. */
export const hasCode = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code;
