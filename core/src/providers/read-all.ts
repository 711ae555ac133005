import type { ActualState, Catalog } from '#schemas/state/actual.ts';
import type { CloudClient } from '#core/cloud/create-cloud-client.ts';

/** Images and data centres, read side by side. */
export const readCatalog = (client: CloudClient, signal: AbortSignal): Promise<Catalog> =>
  allOrNone(signal, async (shared) => {
    const [images, dataCentres] = await Promise.all([client.images.list(shared), client.dataCentres.list(shared)]);
    return { images: [...images], dataCentres: [...dataCentres] };
  });

/** What the account has, read side by side. */
export const readObjects = (client: CloudClient, signal: AbortSignal): Promise<Pick<ActualState, 'servers' | 'networks' | 'keys'>> =>
  allOrNone(signal, async (shared) => {
    const [servers, networks, keys] = await Promise.all([
      client.servers.list(shared),
      client.networks.list(shared),
      client.sshKeys.list(shared),
    ]);
    return { servers: [...servers], networks: [...networks], keys: [...keys] };
  });

/** Everything a plan needs, read side by side. */
export const readAll = (client: CloudClient, signal: AbortSignal): Promise<ActualState> =>
  allOrNone(signal, async (shared) => {
    // The account first: it is where a bad token shows.
    const [account, images, dataCentres, servers, networks, keys] = await Promise.all([
      client.account.get(shared),
      client.images.list(shared),
      client.dataCentres.list(shared),
      client.servers.list(shared),
      client.networks.list(shared),
      client.sshKeys.list(shared),
    ]);
    return {
      account,
      catalog: { images: [...images], dataCentres: [...dataCentres] },
      servers: [...servers],
      networks: [...networks],
      keys: [...keys],
    };
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
