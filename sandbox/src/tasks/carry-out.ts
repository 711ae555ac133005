import { adminUserOf, toHostRequest } from '../hosts/backend/host-backend.ts';
import { createLink, freeAddress, sharedNetworkOf } from '../store/addresses.ts';
import { vanishTask } from '../lies/deleted-remains.ts';
import { takeId } from '../store/counters.ts';
import { createPassword } from '../store/password.ts';
import type { StoredServer, StoredTask } from '../store/state-schema.ts';
import type { SandboxContext } from '../context/sandbox-context.ts';

/**
 * Does what a task was queued for. Undefined: it is done. A promise: hosts are busy, and its value is the change of the state to be
 * made afterwards. A task of an object that is gone is done without effect.
 */
export const carryOut = (context: SandboxContext, task: StoredTask): Promise<() => void> | undefined => {
  const { state } = context;
  if (task.subject.kind === 'network') {
    const network = state.networks.find((one) => one.id === task.subject.id);
    if (task.work.kind === 'vanish') state.networks = state.networks.filter((one) => one !== network);
    else if (network !== undefined) network.state = 'Active';
    return undefined;
  }
  const server = state.servers.find((one) => one.id === task.subject.id);
  return server === undefined ? undefined : carryOutOnServer(context, server, task);
};

function carryOutOnServer(context: SandboxContext, server: StoredServer, { work, actionId }: StoredTask) {
  const { hosts } = context;
  switch (work.kind) {
    case 'create': {
      const password = work.password ?? createPassword(context.random);
      return whenReady(hosts.start(toHostRequest(server, publicKeysOf(context, server), password)), ({ ip }) => {
        server.state = 'Active';
        server.isPowerOn = true;
        server.adminUser = adminUserOf(server);
        server.adminPassword = password;
        server.links.push(createLink(context.state, sharedNetworkOf(context.state, server.dc), ip, work.bandwidth));
        if (work.networkId !== undefined) addNetwork(context, server, work.networkId);
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
      const switched = work.on ? hosts.start(hostOf(context, server)) : hosts.stop(server.id, isSoft(context, actionId));
      return whenReady(switched, () => {
        server.isPowerOn = work.on;
      });
    }
    case 'reboot':
      return whenReady(hosts.reboot(server.id, isSoft(context, actionId)), () => {
        server.isPowerOn = true;
      });
    case 'add-network':
      addNetwork(context, server, work.networkId);
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
      const image = context.state.images.find((one) => one.id === work.imageId);
      if (image === undefined) return undefined;
      // The password is new and keys are not put back: a client of 2017 re-adds them by hand.
      const password = createPassword(context.random);
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
          const { state, clock } = context;
          Object.assign(server, { state: work.remains.state, isPowerOn: false, links: [], isGone: true });
          const { ms } = work.remains;
          const subject = { kind: 'server' as const, id: server.id };
          if (ms !== undefined) state.tasks.push(vanishTask(takeId(state, 'task'), subject, clock.now(), ms));
        } else removeServer(context, server);
      });
    case 'vanish':
      removeServer(context, server);
      return undefined;
    case 'network-create':
      return undefined;
    default: {
      const unknown: never = work;
      throw new Error(`Unknown work ${JSON.stringify(unknown)}`);
    }
  }
}

function removeServer({ state }: SandboxContext, { id }: StoredServer): void {
  state.servers = state.servers.filter((one) => one.id !== id);
  state.actions = state.actions.filter((one) => one.serverId !== id);
  state.tasks = state.tasks.filter((one) => one.subject.kind !== 'server' || one.subject.id !== id);
}

function addNetwork(context: SandboxContext, server: StoredServer, networkId: number): void {
  const network = context.state.networks.find((one) => one.id === networkId);
  if (network === undefined || server.links.some((link) => link.networkId === networkId)) return;
  server.links.push(createLink(context.state, network, freeAddress(context.state, network), network.bandwidth));
}

function hostOf(context: SandboxContext, server: StoredServer) {
  return toHostRequest(server, publicKeysOf(context, server), server.adminPassword ?? '');
}

function publicKeysOf(context: SandboxContext, server: StoredServer): string[] {
  return context.state.keys.filter((key) => server.keyIds.includes(key.id)).map((key) => key.publicKey);
}

/** Whether the action asks the guest instead of pulling the plug. */
function isSoft(context: SandboxContext, actionId: number | null): boolean {
  return context.state.actions.find((action) => action.id === actionId)?.type.includes('Guest') ?? false;
}

/** Makes the change at once when the host is ready at once: that is what keeps instant mode instant. */
function whenReady<Value>(ready: Value | Promise<Value>, change: (value: Value) => void): Promise<() => void> | undefined {
  if (ready instanceof Promise) return ready.then((value) => () => change(value));
  change(ready);
  return undefined;
}
