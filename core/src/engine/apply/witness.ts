import type { ResourceKind } from '#schemas/infra/names.ts';
import type { ActualState } from '#schemas/state/actual.ts';
import { SharedReading } from '../../async/shared-reading.ts';
import type { CloudProvider } from '../../ports/cloud-provider.ts';

/** Lists of the account as one reading showed them; only the kind that was asked for is filled. */
export type Lists = Pick<ActualState, 'servers' | 'networks' | 'keys'>;

/** A moment of a run: everything that was seen before it is not what was made after it. */
export type Mark = number;

/**
 * Reads the account's lists while a run goes on, and remembers every id they ever showed. Whoever asks gets a reading that began after
 * the question; those who ask while one is under way share the next, so that checks of many steps cost one request.
 */
export class Witness {
  readonly #readings: Readonly<Record<ResourceKind, SharedReading<Lists>>>;
  readonly #onSeen: (kind: ResourceKind, ids: readonly number[]) => Promise<void>;
  /** Id → its place in the order of first sight. */
  readonly #seen: Readonly<Record<ResourceKind, Map<number, number>>> = { server: new Map(), network: new Map(), key: new Map() };
  #initial: Lists | undefined;

  /** `initial`: the reading that the plan was made from. `onSeen` stores new ids before anybody acts on the reading. */
  constructor(
    cloud: CloudProvider,
    initial: Lists,
    onSeen: (kind: ResourceKind, ids: readonly number[]) => Promise<void>,
    signal: AbortSignal,
  ) {
    this.#initial = initial;
    this.#onSeen = onSeen;
    const share = (kind: ResourceKind): SharedReading<Lists> =>
      new SharedReading(async () => this.#rememberAll(kind, await readLists(cloud, kind, signal)));
    this.#readings = { server: share('server'), network: share('network'), key: share('key') };
  }

  /** The list of one kind, read from now on. Throws `CloudError`. */
  read(kind: ResourceKind): Promise<Lists> {
    return this.#readings[kind].read();
  }

  /** What was seen so far; see {@link isKnown}. */
  mark(kind: ResourceKind): Mark {
    return this.#seen[kind].size;
  }

  /** Whether an id was seen before the mark. */
  isKnown(kind: ResourceKind, id: number, mark: Mark): boolean {
    return (this.#seen[kind].get(id) ?? mark) < mark;
  }

  /** Ids that were seen before the mark. */
  idsBefore(kind: ResourceKind, mark: Mark): number[] {
    return [...this.#seen[kind]].flatMap(([id, place]) => (place < mark ? [id] : []));
  }

  async #rememberAll(kind: ResourceKind, lists: Lists): Promise<Lists> {
    const first = this.#initial;
    this.#initial = undefined;
    if (first) for (const one of ['server', 'network', 'key'] as const) await this.#remember(one, idsOf(first, one));
    await this.#remember(kind, idsOf(lists, kind));
    return lists;
  }

  async #remember(kind: ResourceKind, ids: readonly number[]): Promise<void> {
    const seen = this.#seen[kind];
    const added = ids.filter((id) => !seen.has(id));
    if (added.length === 0) return;
    for (const id of added) seen.set(id, seen.size);
    await this.#onSeen(kind, added);
  }
}

const empty: Lists = { servers: [], networks: [], keys: [] };

async function readLists(cloud: CloudProvider, kind: ResourceKind, signal: AbortSignal): Promise<Lists> {
  switch (kind) {
    case 'server':
      return { ...empty, servers: [...(await cloud.listServers(signal)).items] };
    case 'network':
      return { ...empty, networks: [...(await cloud.listNetworks(signal)).items] };
    case 'key':
      return { ...empty, keys: [...(await cloud.listKeys(signal)).items] };
    default:
      return kind satisfies never;
  }
}

const idsOf = (lists: Lists, kind: ResourceKind): number[] =>
  (kind === 'server' ? lists.servers : kind === 'network' ? lists.networks : lists.keys).map(({ id }) => id);
