import type { ResourceKind } from '#schemas/infra/names.ts';
import type { ActualKey, ActualNetwork, ActualServer, ActualState, ObjectState, UnreadableRow } from '#schemas/state/actual.ts';
import { CloudError, type CloudErrorCode, type CloudProvider, type Listing } from '../../ports/cloud-provider.ts';
import { type ObjectKey, objectKey, type Presence, type PresenceDoubt, presentIds, type RecordedObject } from './presence.ts';

/** What was read, with what the lists left out put in, and what is proven about the rest. */
export interface ConfirmedState {
  readonly actual: ActualState;
  readonly presence: Presence;
}

/** Failures that are about the session, not about one object. */
const fatal: ReadonlySet<CloudErrorCode> = new Set(['unauthorized', 'forbidden', 'aborted', 'tls']);

/**
 * Finds out about every recorded object that the lists do not show: it is asked for by its id, and where that finds nothing the list
 * is read once more. A list is never believed alone, and neither is a failed reading. Objects whose state says that they are deleted
 * leave the result. `isYoung`: what was ordered so short a time ago, and never read since, that it may not show yet. Throws `CloudError` when the provider cannot be asked at all.
 */
export async function confirmPresence(
  cloud: CloudProvider,
  recorded: readonly RecordedObject[],
  read: ActualState,
  signal: AbortSignal,
  isYoung: (object: RecordedObject) => boolean = () => false,
): Promise<ConfirmedState> {
  const unknown = new Map<ObjectKey, PresenceDoubt>();
  const incomplete = new Set<ResourceKind>(read.unreadable.filter(({ id }) => id === undefined).map(({ kind }) => kind));
  const doubtUnreadable = (objects: readonly RecordedObject[], rows: readonly UnreadableRow[]): RecordedObject[] => {
    const keys = new Set(rows.flatMap(({ kind, id }) => (id === undefined ? [] : [objectKey(kind, id)])));
    return objects.filter(({ kind, id }) => {
      const isUnreadable = keys.has(objectKey(kind, id));
      if (isUnreadable) unknown.set(objectKey(kind, id), { kind: 'unreadable' });
      return !isUnreadable;
    });
  };

  let actual = read;
  const listed = presentIds(read);
  const notFound: RecordedObject[] = [];
  const missing = recorded.filter(({ kind, id }) => !listed[kind].has(id));
  await Promise.all(
    doubtUnreadable(missing, read.unreadable).map(async (object) => {
      const found = await readOne(cloud, object, signal);
      if (found === 'not-found') notFound.push(object);
      else if (typeof found === 'string') unknown.set(objectKey(object.kind, object.id), { kind: 'unanswered', code: found });
      else {
        incomplete.add(object.kind);
        actual = withObject(actual, found);
      }
    }),
  );

  const kinds = new Set(notFound.map(({ kind }) => kind));
  for (const kind of kinds) actual = withListing(actual, await list(cloud, kind, signal));
  const stillMissing = doubtUnreadable(notFound, actual.unreadable).filter((object) => {
    if (!isYoung(object)) return true;
    unknown.set(objectKey(object.kind, object.id), { kind: 'not-shown-yet' });
    return false;
  });
  const relisted = presentIds(actual);
  const deleted = new Set([
    ...actual.servers.filter(isDeleted).map(({ id }) => objectKey('server', id)),
    ...actual.networks.filter(isDeleted).map(({ id }) => objectKey('network', id)),
  ]);
  const gone = new Set<ObjectKey>([
    ...stillMissing.filter(({ kind, id }) => !relisted[kind].has(id)).map(({ kind, id }) => objectKey(kind, id)),
    ...deleted,
  ]);
  // A row that stays readable after its deletion is nobody's any more.
  const left: ActualState =
    deleted.size === 0
      ? actual
      : {
          ...actual,
          servers: actual.servers.filter((server) => !isDeleted(server)),
          networks: actual.networks.filter((network) => !isDeleted(network)),
        };
  return { actual: left, presence: { present: presentIds(left), gone, unknown, incomplete } };
}

const isDeleted = ({ state }: { readonly state: ObjectState }): boolean => state === 'deleted';

type Found =
  | { readonly kind: 'server'; readonly object: ActualServer }
  | { readonly kind: 'network'; readonly object: ActualNetwork }
  | { readonly kind: 'key'; readonly object: ActualKey };

type SomeListing =
  | { readonly kind: 'server'; readonly listing: Listing<ActualServer> }
  | { readonly kind: 'network'; readonly listing: Listing<ActualNetwork> }
  | { readonly kind: 'key'; readonly listing: Listing<ActualKey> };

/** The object, or why it could not be read. */
async function readOne(cloud: CloudProvider, { kind, id }: RecordedObject, signal: AbortSignal): Promise<Found | CloudErrorCode> {
  try {
    switch (kind) {
      case 'server': {
        const object = await cloud.readServer(id, signal);
        return object ? { kind, object } : 'not-found';
      }
      case 'network': {
        const object = await cloud.readNetwork(id, signal);
        return object ? { kind, object } : 'not-found';
      }
      case 'key': {
        const object = await cloud.readKey(id, signal);
        return object ? { kind, object } : 'not-found';
      }
      default:
        return kind satisfies never;
    }
  } catch (error) {
    if (!(error instanceof CloudError) || fatal.has(error.code) || signal.aborted) throw error;
    return error.code;
  }
}

async function list(cloud: CloudProvider, kind: ResourceKind, signal: AbortSignal): Promise<SomeListing> {
  switch (kind) {
    case 'server':
      return { kind, listing: await cloud.listServers(signal) };
    case 'network':
      return { kind, listing: await cloud.listNetworks(signal) };
    case 'key':
      return { kind, listing: await cloud.listKeys(signal) };
    default:
      return kind satisfies never;
  }
}

function withObject(actual: ActualState, found: Found): ActualState {
  switch (found.kind) {
    case 'server':
      return { ...actual, servers: merge(actual.servers, [found.object]) };
    case 'network':
      return { ...actual, networks: merge(actual.networks, [found.object]) };
    case 'key':
      return { ...actual, keys: merge(actual.keys, [found.object]) };
    default:
      return found satisfies never;
  }
}

/** A later list adds to what is known; what it lacks stays, since a list proves no absence. */
function withListing(actual: ActualState, { kind, listing }: SomeListing): ActualState {
  const known = new Set(actual.unreadable.map(toRowKey));
  const unreadable = [...actual.unreadable, ...listing.unreadable.filter((row) => !known.has(toRowKey(row)))];
  switch (kind) {
    case 'server':
      return { ...actual, unreadable, servers: merge(actual.servers, listing.items) };
    case 'network':
      return { ...actual, unreadable, networks: merge(actual.networks, listing.items) };
    case 'key':
      return { ...actual, unreadable, keys: merge(actual.keys, listing.items) };
    default:
      return kind satisfies never;
  }
}

const toRowKey = ({ kind, id, name }: UnreadableRow): string => JSON.stringify([kind, id, name]);

const merge = <Item extends { readonly id: number }>(before: readonly Item[], added: readonly Item[]): Item[] =>
  [...new Map([...before, ...added].map((item) => [item.id, item])).values()].sort((left, right) => left.id - right.id);
