import { done, type Verdict, waitFor } from '#core/cloud/polling/verdict.ts';
import { CloudError, type Deletion, type OnAccepted, type OnProgress } from '#core/ports/cloud-provider.ts';
import type { ServerActionBody } from '#schemas/cloud/requests.ts';
import type { Hardware } from '#schemas/plan/create-step.ts';
import type { ActualServer } from '#schemas/state/actual.ts';
import { awaitGone, type DeleteHooks } from './await-gone.ts';
import { judgeNew, requirePresent } from './judge-new.ts';
import type { ProviderContext } from './provider-context.ts';
import { awaitTask } from './server-task.ts';

/** Looks at the tasks of a new server are this many times rarer than looks at its state: each costs a request of its own. */
const TASK_LOOK_EVERY = 12;

/**
 * Waits until a new server is `active`. A creation that failed leaves the server `New` for ever and only its task tells, so
 * that is looked at now and then.
 */
export async function awaitServer(
  context: ProviderContext,
  id: number,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<ActualServer> {
  const name = `server ${id}`;
  const what = `${name} to be active`;
  const end = new AbortController();
  const ending = AbortSignal.any([signal, end.signal]);
  let failure: CloudError | undefined;
  const watching = watchCreation(context, id, ending).then(
    (found) => {
      failure = found;
      end.abort();
    },
    () => undefined,
  );
  try {
    const startedAt = context.clock.elapsed();
    let wasSeen = false;
    const judge = (server: ActualServer | undefined): Verdict<ActualServer> => {
      wasSeen ||= server !== undefined;
      // What was accepted a moment ago may not be readable yet; what was seen can vanish.
      const isYoung = context.clock.elapsed() - startedAt < context.appearMs;
      return server === undefined && !wasSeen && isYoung ? waitFor('') : judgeNew(name, server);
    };
    return await context.servers.wait({ id, what, judge, timeoutMs: context.settings.taskTimeoutMs, onProgress }, ending);
  } catch (error) {
    throw failure ?? error;
  } finally {
    end.abort();
    await watching;
  }
}

/** Resolves with the failure of a creation; rejects when the wait is over. A look that fails proves nothing. */
async function watchCreation({ client, clock, settings }: ProviderContext, id: number, signal: AbortSignal): Promise<CloudError> {
  for (;;) {
    await clock.sleep(settings.pollIntervalMs * TASK_LOOK_EVERY, signal);
    const tasks = await client.actions.list(id, signal).catch(() => []);
    signal.throwIfAborted();
    const failed = tasks.find((task) => task.type === 'Create' && task.state === 'failed');
    if (failed)
      return new CloudError('task-failed', `server ${id} was not created`, { providerMessage: `${failed.type} ${failed.rawState}` });
  }
}

/** Waits until something is true of a server whose task is completed; five minutes instead of an hour, as nothing is running. */
export async function awaitChange(
  context: ProviderContext,
  id: number,
  change: { readonly what: string; readonly isTrue: (server: ActualServer) => boolean; readonly timeoutMs?: number },
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<ActualServer> {
  const judge = (server: ActualServer | undefined): Verdict<ActualServer> => {
    const present = requirePresent(`server ${id}`, server);
    return change.isTrue(present) ? done(present) : waitFor(present.rawState);
  };
  return context.servers.wait({ id, what: change.what, judge, timeoutMs: change.timeoutMs ?? context.settleTimeoutMs, onProgress }, signal);
}

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

/** Deletes a server and waits until it is proven to be gone. */
export async function deleteServer(context: ProviderContext, id: number, hooks: DeleteHooks): Promise<Deletion> {
  if (await context.client.servers.delete(id, hooks.signal)) hooks.onAccepted();
  return awaitGone(context, { name: `server ${id}`, id, poller: context.servers, list: context.lists.servers }, hooks);
}
