import type { Settings } from '#schemas/settings/settings.ts';
import type { ActualKey, ActualNetwork, ActualServer, CloudTask } from '#schemas/state/actual.ts';
import type { CloudClient } from '#core/cloud/create-cloud-client.ts';
import { SharedPoller } from '#core/cloud/polling/shared-poller.ts';
import { SharedReading } from '#core/async/shared-reading.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { Listing } from '#core/ports/cloud-provider.ts';

/** Patience that is not a setting of the user. */
export interface ProviderOptions {
  /** How long a guest may take to shut down before the power is cut, milliseconds. Default: one minute. */
  readonly shutdownGraceMs?: number;
  /** How long a change may take to show after its task is completed, milliseconds. Default: five minutes. */
  readonly settleTimeoutMs?: number;
  /** How long a new server may take until it can be read at all, milliseconds. Default: two minutes. */
  readonly appearMs?: number;
}

/** What the provider's functions share: the client and the loops of looks at servers, networks and each server's tasks. */
export interface ProviderContext {
  readonly client: CloudClient;
  readonly clock: Clock;
  readonly settings: Pick<Settings, 'pollIntervalMs' | 'taskTimeoutMs'>;
  readonly shutdownGraceMs: number;
  readonly settleTimeoutMs: number;
  readonly appearMs: number;
  readonly servers: SharedPoller<ActualServer>;
  readonly networks: SharedPoller<ActualNetwork>;
  readonly keys: SharedPoller<ActualKey>;
  /** The lists, read once for all who want them at the same time. */
  readonly lists: {
    readonly servers: SharedReading<Listing<ActualServer>>;
    readonly networks: SharedReading<Listing<ActualNetwork>>;
    readonly keys: SharedReading<Listing<ActualKey>>;
  };
  /** The loop of one server's tasks; forgotten when nobody waits. */
  readonly tasksOf: (serverId: number) => SharedPoller<CloudTask>;
}

export function createProviderContext(
  client: CloudClient,
  clock: Clock,
  settings: ProviderContext['settings'],
  options: ProviderOptions,
): ProviderContext {
  const intervalMs = settings.pollIntervalMs;
  const lists = {
    servers: new SharedReading((signal) => client.servers.list(signal)),
    networks: new SharedReading((signal) => client.networks.list(signal)),
    keys: new SharedReading((signal) => client.sshKeys.list(signal)),
  };
  const tasks = new Map<number, SharedPoller<CloudTask>>();
  const tasksOf = (serverId: number): SharedPoller<CloudTask> => {
    for (const [id, poller] of tasks) if (poller.isIdle) tasks.delete(id);
    const poller =
      tasks.get(serverId) ??
      new SharedPoller<CloudTask>({
        clock,
        intervalMs,
        readOne: (id, signal) => client.actions.get(serverId, id, signal),
        readMany: async (signal) => byId(await client.actions.list(serverId, signal)),
      });
    tasks.set(serverId, poller);
    return poller;
  };
  return {
    client,
    clock,
    settings,
    // Whoever has less patience with tasks has no more with what follows them.
    shutdownGraceMs: Math.min(options.shutdownGraceMs ?? 60_000, settings.taskTimeoutMs),
    settleTimeoutMs: Math.min(options.settleTimeoutMs ?? 300_000, settings.taskTimeoutMs),
    appearMs: Math.min(options.appearMs ?? 120_000, settings.taskTimeoutMs),
    servers: new SharedPoller({
      clock,
      intervalMs,
      readOne: (id, signal) => client.servers.get(id, signal),
      readMany: async (signal) => byId((await lists.servers.read(signal)).items),
    }),
    networks: new SharedPoller({
      clock,
      intervalMs,
      readOne: (id, signal) => client.networks.get(id, signal),
      readMany: async (signal) => byId((await lists.networks.read(signal)).items),
    }),
    keys: new SharedPoller({
      clock,
      intervalMs,
      readOne: (id, signal) => client.sshKeys.get(id, signal),
      readMany: async (signal) => byId((await lists.keys.read(signal)).items),
    }),
    lists,
    tasksOf,
  };
}

const byId = <Item extends { readonly id: number }>(items: readonly Item[]): ReadonlyMap<number, Item> =>
  new Map(items.map((item) => [item.id, item]));
