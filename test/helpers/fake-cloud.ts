import type { CloudProvider } from '#core/ports/cloud-provider.ts';
import { actualServer } from './samples.ts';

type Methods = { -readonly [K in keyof CloudProvider]: CloudProvider[K] };

/** A provider that does everything at once and remembers the calls, with whatever a test puts in its place. */
export function createFakeCloud(overrides: Partial<Methods> = {}): { readonly cloud: CloudProvider; readonly calls: string[] } {
  const calls: string[] = [];
  let nextId = 100;
  const server = (id: number) => Promise.resolve(actualServer(id, `s${id}`));
  const base: Methods = {
    endpoint: 'https://api.test',
    readAccount: () => Promise.resolve({}),
    readCatalog: () => Promise.resolve({ images: [], dataCentres: [] }),
    readAll: () => Promise.reject(new Error('not used')),
    readObjects: () => Promise.reject(new Error('not used')),
    listServers: () => Promise.resolve({ items: [], unreadable: [] }),
    readServer: (id) => server(id),
    listTasks: () => Promise.resolve([]),
    createServer: () => Promise.resolve({ id: nextId++ }),
    awaitServer: (id) => server(id),
    awaitIdle: () => Promise.resolve(),
    resizeServer: (id) => server(id),
    setPower: (id) => server(id),
    rebootServer: (id) => server(id),
    linkNetwork: (id) => server(id),
    unlinkNetwork: (id) => server(id),
    deleteServer: () => Promise.resolve('gone'),
    listNetworks: () => Promise.resolve({ items: [], unreadable: [] }),
    readNetwork: () => Promise.resolve(undefined),
    readKey: () => Promise.resolve(undefined),
    createNetwork: () => Promise.resolve({ id: nextId++ }),
    awaitNetwork: (id) => Promise.resolve({ id, name: `n${id}`, state: 'active', rawState: 'Active', values: {}, serverIds: [] }),
    deleteNetwork: () => Promise.resolve('gone'),
    listKeys: () => Promise.resolve({ items: [], unreadable: [] }),
    createKey: () => Promise.resolve({ id: nextId++ }),
    deleteKey: () => Promise.resolve('gone'),
  };
  const merged: Methods = { ...base, ...overrides };
  const cloud = new Proxy(merged, {
    get: (target, key: keyof Methods) => {
      const value: unknown = target[key];
      if (typeof value !== 'function') return value;
      return (...args: readonly unknown[]): unknown => {
        const [first] = args;
        const subject =
          typeof first === 'object' && first !== null && 'name' in first
            ? String(first.name)
            : typeof first === 'number'
              ? String(first)
              : '';
        calls.push(`${key} ${subject}`.trim());
        return (value as (...all: readonly unknown[]) => unknown)(...args);
      };
    },
  });
  return { cloud, calls };
}
