import type { ServerActionBody } from '#schemas/cloud/requests.ts';
import type { Hardware } from '#schemas/plan/create-step.ts';
import type { ActualServer } from '#schemas/state/actual.ts';
import type { OnAccepted, OnProgress } from '#core/ports/cloud-provider.ts';
import { awaitChange } from './await-server.ts';
import { awaitTask } from './await-task.ts';
import type { ProviderContext } from './provider-context.ts';

/** Who hears of a write and can end the wait for it. */
export interface WriteHooks {
  readonly onAccepted: OnAccepted;
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal;
}

/** Resizes and waits until the server has the new hardware. */
export async function resizeServer(context: ProviderContext, id: number, to: Hardware, hooks: WriteHooks): Promise<ActualServer> {
  const task = await context.client.servers.resize(id, to, hooks.signal);
  await awaitTask(context, id, task, hooks.onAccepted, hooks.onProgress, hooks.signal);
  const change = { what: `server ${id} to have its new size`, isTrue: (server: ActualServer) => hasHardware(server, to) };
  return awaitChange(context, id, change, hooks.onProgress, hooks.signal);
}

/** Links a private network and waits until the link is active. */
export async function linkNetwork(context: ProviderContext, id: number, networkId: number, hooks: WriteHooks): Promise<ActualServer> {
  await runAction(context, id, { Type: 'AddNetwork', NetworkID: networkId }, hooks);
  const isTrue = (server: ActualServer): boolean => server.links.some((link) => link.networkId === networkId && link.isActive);
  return awaitChange(context, id, { what: `server ${id} to be linked to network ${networkId}`, isTrue }, hooks.onProgress, hooks.signal);
}

/** Unlinks a private network and waits until the link is gone. */
export async function unlinkNetwork(context: ProviderContext, id: number, networkId: number, hooks: WriteHooks): Promise<ActualServer> {
  await runAction(context, id, { Type: 'RemoveNetwork', NetworkID: networkId }, hooks);
  const isTrue = (server: ActualServer): boolean => server.links.every((link) => link.networkId !== networkId);
  return awaitChange(
    context,
    id,
    { what: `server ${id} to be unlinked from network ${networkId}`, isTrue },
    hooks.onProgress,
    hooks.signal,
  );
}

/** Starts an action and waits until its task is over. */
export async function runAction(context: ProviderContext, id: number, body: ServerActionBody, hooks: WriteHooks): Promise<void> {
  const task = await context.client.actions.create(id, body, hooks.signal);
  await awaitTask(context, id, task, hooks.onAccepted, hooks.onProgress, hooks.signal);
}

/** A field the provider leaves out cannot be waited for. */
const hasHardware = (server: ActualServer, to: Hardware): boolean =>
  server.cpu === to.cpu &&
  server.ramMb === to.ramMb &&
  server.diskGb === to.diskGb &&
  (server.diskType === undefined || server.diskType.toUpperCase() === to.diskType.toUpperCase()) &&
  (server.pool === undefined || server.pool === to.pool);
