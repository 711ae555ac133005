import { describe, expect, test } from 'vitest';
import { CloudError } from '#core/ports/cloud-provider.ts';
import { fakeClient, fakeNetwork, fakeServer } from '#test/cloud/fake-client.ts';
import { readAll, readCatalog } from './reading.ts';

const { signal } = new AbortController();
const image = { id: 1, name: 'Ubuntu', displayName: 'Ubuntu' };
const dataCentre = { id: 1, title: 'Xelent', techTitle: 'SdnSpb', hasBasePool: true, hasHighPool: true };
const listing = <Item>(...items: Item[]) => ({ items, unreadable: [] });
const parts = {
  account: { get: async () => ({ id: 5 }) },
  images: { list: async () => [image] },
  dataCentres: { list: async () => [dataCentre] },
  servers: { list: async () => listing(fakeServer()) },
  networks: { list: async () => listing(fakeNetwork()) },
  sshKeys: { list: async () => listing({ id: 1, title: 'laptop', blob: 'AAAA' }) },
};

describe('readAll', () => {
  test('gives everything a plan needs', async () => {
    expect(await readAll(fakeClient(parts), signal)).toEqual({
      account: { id: 5 },
      catalog: { images: [image], dataCentres: [dataCentre] },
      servers: [fakeServer()],
      networks: [fakeNetwork()],
      keys: [{ id: 1, title: 'laptop', blob: 'AAAA' }],
      unreadable: [],
    });
  });

  test('one failure ends the other readings and is the one that is told', async () => {
    let other: AbortSignal | undefined;
    const servers = {
      list: (shared: AbortSignal) => {
        other = shared;
        return new Promise<never>(() => undefined);
      },
    };
    const account = { get: () => Promise.reject(new CloudError('unauthorized', 'denied')) };
    await expect(readAll(fakeClient({ ...parts, account, servers }), signal)).rejects.toMatchObject({ code: 'unauthorized' });
    expect(other?.aborted).toBe(true);
  });

  test('a cancellation reaches every reading', async () => {
    const stop = new AbortController();
    const seen: boolean[] = [];
    const watch = async (shared: AbortSignal) => {
      stop.abort();
      seen.push(shared.aborted);
      return { items: [], unreadable: [] };
    };
    await readAll(fakeClient({ ...parts, servers: { list: watch }, networks: { list: watch } }), stop.signal);
    expect(seen).toEqual([true, true]);
  });
});

test('readCatalog', async () => {
  expect(await readCatalog(fakeClient(parts), signal)).toEqual({ images: [image], dataCentres: [dataCentre] });
});
