import type { Address, ResourceKind } from '#schemas/infra/names.ts';
import type { ObjectState } from '#schemas/state/actual.ts';
import type { LedgerEntry } from '#schemas/state/ledger.ts';
import type { PresenceDoubt, Verdict } from '../presence/presence.ts';

/** What matching needs to know of a remote object. */
export interface Matchable {
  readonly id: number;
  readonly name: string;
  readonly state: ObjectState;
}

/** How a declared object meets the cloud. */
export type Match<Remote> =
  | { readonly kind: 'recorded'; readonly remote: Remote }
  /** Recorded, and its object is proven to be gone. */
  | { readonly kind: 'lost'; readonly lostId: number }
  /** Recorded, and nobody can tell whether its object is there. */
  | { readonly kind: 'unknown'; readonly id: number; readonly doubt: PresenceDoubt }
  | { readonly kind: 'absent' }
  /** Not recorded; found by `id:`, or by its name, which proves nothing. */
  | { readonly kind: 'adopt'; readonly remote: Remote; readonly by: 'id' | 'name'; readonly lostId?: number }
  | { readonly kind: 'ambiguous'; readonly ids: readonly number[] }
  /** The user named an id that does not exist. */
  | { readonly kind: 'id-not-found'; readonly id: number }
  /** The user named an id that another address records. */
  | { readonly kind: 'id-taken'; readonly id: number; readonly address: Address };

export interface Declared {
  readonly address: Address;
  readonly name: string;
  /** Remote id the user named. */
  readonly adoptId?: number;
}

/** What is recorded about the objects of one kind. */
export interface RecordedIds {
  readonly idOf: (address: Address) => number | undefined;
  /** Address that records an id, whether the file declares it or not. */
  readonly addressOf: (id: number) => Address | undefined;
  readonly judge: (id: number) => Verdict;
}

/** The recorded ids of one kind. `judge`: what is proven about one that is not listed. */
export function recordedIds(entries: readonly LedgerEntry[], kind: ResourceKind, judge: (id: number) => Verdict): RecordedIds {
  const ids = new Map<string, number>();
  const addresses = new Map<number, Address>();
  for (const entry of entries) {
    if (entry.kind !== kind) continue;
    ids.set(entry.address, entry.id);
    addresses.set(entry.id, entry.address);
  }
  return { idOf: (address) => ids.get(address), addressOf: (id) => addresses.get(id), judge };
}

/**
 * Matches declared objects with remote ones: by recorded id first, then by the id the user named, then by exactly the name among
 * objects that no other address records. Two objects of the name are an answer of their own: the user must name the id.
 */
export function matchObjects<Remote extends Matchable>(
  declared: readonly Declared[],
  remotes: readonly Remote[],
  recorded: RecordedIds,
): Map<Address, Match<Remote>> {
  const byId = new Map(remotes.map((remote) => [remote.id, remote]));
  const claimed = new Set<number>();
  const matches = new Map<Address, Match<Remote>>();
  const open: Declared[] = [];

  for (const item of declared) {
    const id = recorded.idOf(item.address);
    const remote = id === undefined ? undefined : byId.get(id);
    if (remote) {
      claimed.add(remote.id);
      matches.set(item.address, { kind: 'recorded', remote });
    } else open.push(item);
  }

  const byName = new Map<string, Remote[]>();
  for (const remote of remotes) {
    if (claimed.has(remote.id) || recorded.addressOf(remote.id) !== undefined || remote.state === 'deleting') continue;
    const list = byName.get(remote.name);
    if (list) list.push(remote);
    else byName.set(remote.name, [remote]);
  }

  for (const item of open) matches.set(item.address, matchOpen(item, byId, byName, claimed, recorded));
  return matches;
}

function matchOpen<Remote extends Matchable>(
  item: Declared,
  byId: ReadonlyMap<number, Remote>,
  byName: ReadonlyMap<string, readonly Remote[]>,
  claimed: Set<number>,
  recorded: RecordedIds,
): Match<Remote> {
  const id = recorded.idOf(item.address);
  const verdict = id === undefined ? undefined : recorded.judge(id);
  if (id !== undefined && verdict?.kind === 'unknown') return { kind: 'unknown', id, doubt: verdict.doubt };
  const lost = id === undefined ? {} : { lostId: id };
  if (item.adoptId !== undefined && item.adoptId !== id) {
    const address = recorded.addressOf(item.adoptId);
    if (address !== undefined && address !== item.address) return { kind: 'id-taken', id: item.adoptId, address };
    const remote = byId.get(item.adoptId);
    if (!remote || claimed.has(remote.id) || remote.state === 'deleting') return { kind: 'id-not-found', id: item.adoptId };
    claimed.add(remote.id);
    return { kind: 'adopt', remote, by: 'id', ...lost };
  }
  const candidates = (byName.get(item.name) ?? []).filter((remote) => !claimed.has(remote.id));
  const [first] = candidates;
  if (candidates.length > 1) return { kind: 'ambiguous', ids: candidates.map((remote) => remote.id) };
  if (first) {
    claimed.add(first.id);
    return { kind: 'adopt', remote: first, by: 'name', ...lost };
  }
  return id === undefined ? { kind: 'absent' } : { kind: 'lost', lostId: id };
}
