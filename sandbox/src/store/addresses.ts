import { takeId } from './counters.ts';
import type { SandboxState, StoredLink, StoredNetwork } from './state-schema.ts';

/** The shared public network of a data centre: it exists without being anyone's object. */
export interface SharedNetwork {
  readonly id: number;
  readonly kind: 'shared';
}

export const sharedNetworkOf = (state: SandboxState, dc: string): SharedNetwork => ({
  id: state.dataCentres.find((one) => one.techTitle === dc)?.sharedNetworkId ?? 0,
  kind: 'shared',
});

const linkTypes = { shared: 'PublicShared', private: 'PrivateClient', public: 'PublicClient' } as const;

/** A new connection of a server with its own id, address and MAC. */
export const createLink = (state: SandboxState, network: StoredNetwork | SharedNetwork, ip: string, bandwidth: number): StoredLink => ({
  id: takeId(state, 'link'),
  networkId: network.id,
  type: linkTypes[network.kind],
  ip,
  mac: macOf(takeId(state, 'address')),
  bandwidth,
});

/** First three numbers of a network's addresses: private ones are `10.x.y`, own public ones from the documentation range. */
export const networkPrefix = (network: StoredNetwork): string =>
  network.kind === 'private' ? `10.${Math.floor(network.index / 256) % 256}.${network.index % 256}` : '198.51.100';

/** The lowest address from `.2` that no server has in this network; `.1` is left to a gateway. `''` when it is full. */
export const freeAddress = (state: SandboxState, network: StoredNetwork): string => {
  const links = state.servers.flatMap((server) => server.links).filter((link) => link.networkId === network.id);
  const taken = new Set(links.map((link) => link.ip));
  for (let last = 2; last < 255; last++) {
    const ip = `${networkPrefix(network)}.${last}`;
    if (!taken.has(ip)) return ip;
  }
  return '';
};

/** The gateway of an address in a /24. */
export const gatewayOf = (ip: string): string => ip.replace(/\.\d+$/, '.1');

/** VMware's prefix and the number in the last places, as in recorded answers. */
function macOf(index: number): string {
  const places = [0xaa, (index >> 8) & 0xff, index & 0xff].map((place) => place.toString(16).padStart(2, '0'));
  return `00:50:56:${places.join(':')}`;
}
