import { addressOf } from './host-address.ts';
import type { HostAddress, HostBackend, HostRequest } from './host-backend.ts';

/**
 * No machines: servers exist in the API only and nothing answers at their addresses, which are loopback ones, `127.100.0.2` and up.
 * Addresses are the same for the same server id, so they survive a restart.
 */
export const createNoneBackend = (): HostBackend => ({
  name: 'none',
  start: addressFor,
  stop: () => undefined,
  reboot: () => undefined,
  rebuild: addressFor,
  delete: () => undefined,
  close: () => undefined,
});

function addressFor(host: HostRequest): HostAddress {
  return { ip: host.address ?? addressOf(host.serverId) };
}
