import type { Address } from '#schemas/infra/names.ts';

/** What matching needs to know of a remote object. */
export interface Matchable {
  readonly id: number;
  readonly name: string;
}

/** How a declared object meets the cloud. */
export type Match<Remote> =
  | { readonly kind: 'recorded'; readonly remote: Remote }
  /** Recorded, but its object is gone from the cloud. */
  | { readonly kind: 'lost'; readonly lostId: number }
  | { readonly kind: 'absent' }
  | { readonly kind: 'adopt'; readonly remote: Remote }
  | { readonly kind: 'ambiguous'; readonly ids: readonly number[] }
  /** The user named an id that does not exist. */
  | { readonly kind: 'id-not-found'; readonly id: number };

export interface Declared {
  readonly address: Address;
  readonly name: string;
  /** Remote id the user named. */
  readonly adoptId?: number;
}

/**
 * Matches declared objects with remote ones: by recorded id first, then by exactly the name among objects that no
 * other address claims. Two objects of the name are an answer of their own: the user must name the id.
 */
export function matchObjects<Remote extends Matchable>(
  declared: readonly Declared[],
  remotes: readonly Remote[],
  recordedId: (address: Address) => number | undefined,
  isUsable: (remote: Remote) => boolean = () => true,
): Map<Address, Match<Remote>> {
  const byId = new Map(remotes.map((remote) => [remote.id, remote]));
  const claimed = new Set<number>();
  const matches = new Map<Address, Match<Remote>>();
  const open: Declared[] = [];

  for (const item of declared) {
    const id = recordedId(item.address);
    const remote = id === undefined ? undefined : byId.get(id);
    if (remote && isUsable(remote)) {
      claimed.add(remote.id);
      matches.set(item.address, { kind: 'recorded', remote });
    } else open.push(item);
  }

  const byName = new Map<string, Remote[]>();
  for (const remote of remotes) {
    if (claimed.has(remote.id) || !isUsable(remote)) continue;
    const list = byName.get(remote.name);
    if (list) list.push(remote);
    else byName.set(remote.name, [remote]);
  }

  for (const item of open) matches.set(item.address, matchOpen(item, byId, byName, claimed, recordedId(item.address), isUsable));
  return matches;
}

function matchOpen<Remote extends Matchable>(
  item: Declared,
  byId: ReadonlyMap<number, Remote>,
  byName: ReadonlyMap<string, readonly Remote[]>,
  claimed: Set<number>,
  lostId: number | undefined,
  isUsable: (remote: Remote) => boolean,
): Match<Remote> {
  if (item.adoptId !== undefined && item.adoptId !== lostId) {
    const remote = byId.get(item.adoptId);
    if (!remote || !isUsable(remote)) return { kind: 'id-not-found', id: item.adoptId };
    claimed.add(remote.id);
    return { kind: 'adopt', remote };
  }
  const candidates = (byName.get(item.name) ?? []).filter((remote) => !claimed.has(remote.id));
  const [first] = candidates;
  if (candidates.length > 1) return { kind: 'ambiguous', ids: candidates.map((remote) => remote.id) };
  if (first) {
    claimed.add(first.id);
    return { kind: 'adopt', remote: first };
  }
  return lostId === undefined ? { kind: 'absent' } : { kind: 'lost', lostId };
}
