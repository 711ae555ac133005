const FIRST_SERVER = 900_001;
const BLOCKS = 100;

/**
 * A loopback address for a server: `127.100.0.2` and up, the same for the same id. Another `turn` gives another address, for where
 * the first is taken by another sandbox of this machine; there are {@link ADDRESS_TURNS} of them.
 */
export const addressOf = (serverId: number, turn = 0): string => {
  // 2…254 in the last place: .1 is shown as the gateway, and no address looks like a network or a broadcast.
  const index = Math.max(serverId - FIRST_SERVER, 0);
  const block = Math.floor(index / 253);
  return `127.${100 + ((Math.floor(block / 256) + turn) % BLOCKS)}.${block % 256}.${(index % 253) + 2}`;
};

/** A host's address in its own network, on its eth0: `10.100.0.2` for `127.100.0.2`. Nobody outside of it ever sees it. */
export const guestAddressOf = (serverId: number): string => addressOf(serverId).replace(/^127/, '10');

export const ADDRESS_TURNS = BLOCKS;
