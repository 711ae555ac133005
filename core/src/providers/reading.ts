import type { CloudClient } from '#core/cloud/create-cloud-client.ts';
import type { ActualState, Catalog } from '#schemas/state/actual.ts';

/** Images and data centres, read side by side. */
export const readCatalog = (client: CloudClient, signal: AbortSignal): Promise<Catalog> =>
  allOrNone(signal, async (shared) => {
    const [images, dataCentres] = await Promise.all([client.images.list(shared), client.dataCentres.list(shared)]);
    return { images: [...images], dataCentres: [...dataCentres] };
  });

/** What the account has, read side by side. */
export const readLists = (
  client: CloudClient,
  signal: AbortSignal,
): Promise<Pick<ActualState, 'servers' | 'networks' | 'keys' | 'unreadable'>> =>
  allOrNone(signal, async (shared) => {
    const [servers, networks, keys] = await Promise.all([
      client.servers.list(shared),
      client.networks.list(shared),
      client.sshKeys.list(shared),
    ]);
    return {
      servers: [...servers.items],
      networks: [...networks.items],
      keys: [...keys.items],
      unreadable: [servers, networks, keys].flatMap(({ unreadable }) => unreadable),
    };
  });

/** The account and what it has, with an empty catalogue: what everything but a creation needs. */
export const readObjects = (client: CloudClient, signal: AbortSignal): Promise<ActualState> =>
  allOrNone(signal, async (shared) => {
    // The account first: it is where a bad token shows.
    const [account, lists] = await Promise.all([client.account.get(shared), readLists(client, shared)]);
    return { account, catalog: { images: [], dataCentres: [] }, ...lists };
  });

/** Everything a plan needs, read side by side. */
export const readAll = (client: CloudClient, signal: AbortSignal): Promise<ActualState> =>
  allOrNone(signal, async (shared) => {
    const [objects, catalog] = await Promise.all([readObjects(client, shared), readCatalog(client, shared)]);
    return { ...objects, catalog };
  });

/** Ends the other readings when one fails: they would only use up the pace. */
async function allOrNone<Result>(signal: AbortSignal, read: (shared: AbortSignal) => Promise<Result>): Promise<Result> {
  const failed = new AbortController();
  try {
    return await read(AbortSignal.any([signal, failed.signal]));
  } catch (error) {
    failed.abort();
    throw error;
  }
}
