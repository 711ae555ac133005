import type { ActualNetwork, ActualServer, CloudTask } from '#schemas/state/actual.ts';
import type { CloudClient } from '#core/cloud/create-cloud-client.ts';

/** A server that is on and at rest. */
export const fakeServer = (fields: Partial<ActualServer> = {}): ActualServer => ({
  id: 1,
  name: 'web-1',
  state: 'active',
  rawState: 'Active',
  isPowerOn: true,
  cpu: 1,
  ramMb: 1024,
  diskGb: 20,
  diskType: 'SSD',
  pool: 'base',
  links: [],
  ...fields,
});

export const fakeNetwork = (fields: Partial<ActualNetwork> = {}): ActualNetwork => ({
  id: 51001,
  name: 'back',
  state: 'active',
  rawState: 'Active',
  values: {},
  serverIds: [],
  ...fields,
});

/** A task of type `Resize`, completed unless told otherwise. */
export const fakeTask = (fields: Partial<CloudTask> = {}): CloudTask => ({
  id: 7,
  type: 'Resize',
  state: 'completed',
  rawState: 'Completed',
  ...fields,
});

type Parts = { readonly [Resource in keyof CloudClient]?: Partial<CloudClient[Resource]> };

/** A client with the given methods; any other one is a fault of the test. */
export function fakeClient(parts: Parts): CloudClient {
  const resource = <Name extends keyof CloudClient>(name: Name): CloudClient[Name] =>
    new Proxy<object>(parts[name] ?? {}, {
      get: (target, method) => {
        const found: unknown = Reflect.get(target, method);
        if (found !== undefined) return found;
        throw new Error(`the test has no ${name}.${String(method)}`);
      },
    }) as CloudClient[Name];
  return {
    endpoint: 'http://127.0.0.1:1',
    account: resource('account'),
    actions: resource('actions'),
    dataCentres: resource('dataCentres'),
    images: resource('images'),
    networks: resource('networks'),
    servers: resource('servers'),
    sshKeys: resource('sshKeys'),
    close: () => undefined,
  };
}

/** Gives the values one after another, the last one for ever; an error is thrown. */
export function inTurn<Value>(...values: readonly (Value | Error)[]): () => Promise<Value> {
  let next = 0;
  return async () => {
    const value = values[Math.min(next, values.length - 1)];
    next += 1;
    if (value instanceof Error) throw value;
    return value as Value;
  };
}
