import type { CloudClient } from '#core/cloud/create-cloud-client.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { Accepted, CloudProvider } from '#core/ports/cloud-provider.ts';
import { deleteKey } from './key.ts';
import { awaitNetwork, deleteNetwork } from './network.ts';
import { createProviderContext, type ProviderContext, type ProviderOptions } from './provider-context.ts';
import { readAll, readCatalog, readObjects } from './reading.ts';
import { rebootServer, setPower } from './server-power.ts';
import { awaitIdle } from './server-task.ts';
import { awaitServer, deleteServer, linkNetwork, resizeServer, unlinkNetwork } from './server.ts';

/** The cloud as the engine sees it, on top of the REST client: each write ends when what it changed is true. */
export function createCloudProvider(
  client: CloudClient,
  clock: Clock,
  settings: ProviderContext['settings'],
  options: ProviderOptions = {},
): CloudProvider {
  const context = createProviderContext(client, clock, settings, options);
  return {
    endpoint: client.endpoint,
    readAccount: (signal) => client.account.get(signal),
    readCatalog: (signal) => readCatalog(client, signal),
    readAll: (signal) => readAll(client, signal),
    readObjects: (signal) => readObjects(client, signal),

    listServers: (signal) => context.lists.servers.read(signal),
    readServer: (id, signal) => client.servers.get(id, signal),
    listTasks: (serverId, signal) => client.actions.list(serverId, signal),
    createServer: async (spec, signal) => toAccepted(await client.servers.create(spec, signal)),
    awaitServer: (id, onProgress, signal) => awaitServer(context, id, onProgress, signal),
    awaitIdle: (id, onProgress, signal) => awaitIdle(context, id, onProgress, signal),
    resizeServer: (id, to, onAccepted, onProgress, signal) => resizeServer(context, id, to, { onAccepted, onProgress, signal }),
    setPower: (id, power, onAccepted, onProgress, signal) => setPower(context, id, power, { onAccepted, onProgress, signal }),
    rebootServer: (id, hard, onAccepted, onProgress, signal) => rebootServer(context, id, hard, { onAccepted, onProgress, signal }),
    linkNetwork: (id, networkId, onAccepted, onProgress, signal) => linkNetwork(context, id, networkId, { onAccepted, onProgress, signal }),
    unlinkNetwork: (id, networkId, onAccepted, onProgress, signal) =>
      unlinkNetwork(context, id, networkId, { onAccepted, onProgress, signal }),
    deleteServer: (id, onAccepted, onProgress, signal) => deleteServer(context, id, { onAccepted, onProgress, signal }),

    listNetworks: (signal) => context.lists.networks.read(signal),
    readNetwork: (id, signal) => client.networks.get(id, signal),
    createNetwork: async (spec, signal) => toAccepted(await client.networks.create(spec, signal)),
    awaitNetwork: (id, onProgress, signal) => awaitNetwork(context, id, onProgress, signal),
    deleteNetwork: (id, onAccepted, onProgress, signal) => deleteNetwork(context, id, { onAccepted, onProgress, signal }),

    listKeys: (signal) => context.lists.keys.read(signal),
    readKey: (id, signal) => client.sshKeys.get(id, signal),
    createKey: async (spec, signal) => toAccepted(await client.sshKeys.create(spec, signal)),
    deleteKey: (id, signal) => deleteKey(context, id, signal),
  };
}

/** An empty name is what a network or key without one reads as: it says nothing. */
const toAccepted = (object: {
  readonly id: number;
  readonly name?: string | undefined;
  readonly title?: string | undefined;
  readonly createdAt?: string | undefined;
}): Accepted => {
  const name = object.name ?? object.title ?? '';
  return { id: object.id, ...(name === '' ? {} : { name }), ...(object.createdAt === undefined ? {} : { createdAt: object.createdAt }) };
};
