import type { HostAddress, HostBackend, HostRequest } from './host-backend.ts';

/**
 * No machines: servers exist in the API only and nothing answers at their addresses, which are loopback ones, `127.100.0.2` and up.
 * Addresses are the same for the same server id, so they survive a restart.
 */
export const createNoneBackend = (): HostBackend => ({
  name: 'none',
  start: addressOf,
  stop: () => undefined,
  reboot: () => undefined,
  rebuild: addressOf,
  delete: () => undefined,
  close: () => undefined,
});

const FIRST_SERVER = 900_001;

function addressOf(host: HostRequest): HostAddress {
  if (host.address !== undefined) return { ip: host.address };
  // 2…254 in the last place: .1 is shown as the gateway, and no address looks like a network or a broadcast.
  const index = Math.max(host.serverId - FIRST_SERVER, 0);
  const block = Math.floor(index / 253);
  return { ip: `127.${100 + (Math.floor(block / 256) % 100)}.${block % 256}.${(index % 253) + 2}` };
}
