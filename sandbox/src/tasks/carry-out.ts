import { adminUserOf, toHostRequest } from '../hosts/host-backend.ts';
import { createLink, freeAddress, sharedNetworkOf } from '../store/addresses.ts';
import { vanishTask } from '../lies/deleted-remains.ts';
import { takeId } from '../store/counters.ts';
import { createPassword } from '../store/password.ts';
import type { StoredServer, StoredTask } from '../store/state-schema.ts';
import type { World } from '../world.ts';

/**
 * Does what a task was queued for. Undefined: it is done. A promise: hosts are busy, and its value is the change of the state to be
 * made afterwards. A task of an object that is gone is done without effect.
 */
export const carryOut = (world: World, task: StoredTask): Promise<() => void> | undefined => {
  const { state } = world;
  if (task.subject.kind === 'network') {
    const network = state.networks.find((one) => one.id === task.subject.id);
    if (task.work.kind === 'vanish') state.networks = state.networks.filter((one) => one !== network);
    else if (network !== undefined) network.state = 'Active';
    return undefined;
  }
  const server = state.servers.find((one) => one.id === task.subject.id);
  return server === undefined ? undefined : carryOutOnServer(world, server, task);
};

function carryOutOnServer(world: World, server: StoredServer, { work, actionId }: StoredTask) {
  const { hosts } = world;
  switch (work.kind) {
    case 'create': {
      const password = work.password ?? createPassword(world.random);
      return whenReady(hosts.start(toHostRequest(server, publicKeysOf(world, server), password)), ({ ip }) => {
        server.state = 'Active';
        server.isPowerOn = true;
        server.adminUser = adminUserOf(server);
        server.adminPassword = password;
        server.links.push(createLink(world.state, sharedNetworkOf(world.state, server.dc), ip, work.bandwidth));
        if (work.networkId !== undefined) addNetwork(world, server, work.networkId);
      });
    }
    case 'resize': {
      const isRebooted = work.cpu !== server.cpu || work.ram !== server.ram || work.isHighPerformance !== server.isHighPerformance;
      return whenReady(isRebooted && server.isPowerOn ? hosts.reboot(server.id, true) : undefined, () => {
        const { kind: _kind, ...hardware } = work;
        Object.assign(server, hardware);
      });
    }
    case 'power': {
      const switched = work.on ? hosts.start(hostOf(world, server)) : hosts.stop(server.id, isSoft(world, actionId));
      return whenReady(switched, () => {
        server.isPowerOn = work.on;
      });
    }
    case 'reboot':
      return whenReady(hosts.reboot(server.id, isSoft(world, actionId)), () => {
        server.isPowerOn = true;
      });
    case 'add-network':
      addNetwork(world, server, work.networkId);
      return undefined;
    case 'remove-network':
      server.links = server.links.filter((link) => link.networkId !== work.networkId);
      return undefined;
    case 'bandwidth': {
      const link = server.links.find((one) => one.id === work.linkId);
      if (link !== undefined) link.bandwidth = work.bandwidth;
      return undefined;
    }
    case 'rebuild': {
      const image = world.state.images.find((one) => one.id === work.imageId);
      if (image === undefined) return undefined;
      // The password is new and keys are not put back: a client of 2017 re-adds them by hand.
      const password = createPassword(world.random);
      const renewed = { image: image.name, imageFamily: image.family, keyIds: [] };
      return whenReady(hosts.rebuild(toHostRequest({ ...server, ...renewed }, [], password)), () => {
        Object.assign(server, renewed);
        server.adminUser = adminUserOf(server);
        server.adminPassword = password;
        server.isPowerOn = true;
      });
    }
    case 'delete':
      return whenReady(hosts.delete(server.id), () => {
        if (work.remains !== undefined) {
          const { state, clock } = world;
          Object.assign(server, { state: work.remains.state, isPowerOn: false, links: [], isGone: true });
          const { ms } = work.remains;
          const subject = { kind: 'server' as const, id: server.id };
          if (ms !== undefined) state.tasks.push(vanishTask(takeId(state, 'task'), subject, clock.now(), ms));
        } else removeServer(world, server);
      });
    case 'vanish':
      removeServer(world, server);
      return undefined;
    case 'network-create':
      return undefined;
    default: {
      const unknown: never = work;
      throw new Error(`Unknown work ${JSON.stringify(unknown)}`);
    }
  }
}

function removeServer({ state }: World, { id }: StoredServer): void {
  state.servers = state.servers.filter((one) => one.id !== id);
  state.actions = state.actions.filter((one) => one.serverId !== id);
  state.tasks = state.tasks.filter((one) => one.subject.kind !== 'server' || one.subject.id !== id);
}

function addNetwork(world: World, server: StoredServer, networkId: number): void {
  const network = world.state.networks.find((one) => one.id === networkId);
  if (network === undefined || server.links.some((link) => link.networkId === networkId)) return;
  server.links.push(createLink(world.state, network, freeAddress(world.state, network), network.bandwidth));
}

function hostOf(world: World, server: StoredServer) {
  return toHostRequest(server, publicKeysOf(world, server), server.adminPassword ?? '');
}

function publicKeysOf(world: World, server: StoredServer): string[] {
  return world.state.keys.filter((key) => server.keyIds.includes(key.id)).map((key) => key.publicKey);
}

/** Whether the action asks the guest instead of pulling the plug. */
function isSoft(world: World, actionId: number | null): boolean {
  return world.state.actions.find((action) => action.id === actionId)?.type.includes('Guest') ?? false;
}

/** Makes the change at once when the host is ready at once: that is what keeps instant mode instant. */
function whenReady<Value>(ready: Value | Promise<Value>, change: (value: Value) => void): Promise<() => void> | undefined {
  if (ready instanceof Promise) return ready.then((value) => () => change(value));
  change(ready);
  return undefined;
}
