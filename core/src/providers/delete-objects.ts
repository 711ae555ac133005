import { done, waitFor } from '#core/cloud/polling/verdict.ts';
import type { SharedPoller } from '#core/cloud/polling/shared-poller.ts';
import type { OnProgress } from '#core/ports/cloud-provider.ts';
import type { ProviderContext } from './provider-context.ts';

/** Who hears of a deletion and can end the wait for it. */
export interface DeleteHooks {
  readonly onAccepted: () => void;
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal;
}

/** Deletes a server and waits until it is not found; at once when it already was. */
export async function deleteServer(context: ProviderContext, id: number, hooks: DeleteHooks): Promise<void> {
  if (!(await context.client.servers.delete(id, hooks.signal))) return;
  hooks.onAccepted();
  await awaitGone(context, context.servers, `server ${id}`, id, hooks);
}

/** Deletes a network and waits until it is not found; at once when it already was. */
export async function deleteNetwork(context: ProviderContext, id: number, hooks: DeleteHooks): Promise<void> {
  if (!(await context.client.networks.delete(id, hooks.signal))) return;
  hooks.onAccepted();
  await awaitGone(context, context.networks, `network ${id}`, id, hooks);
}

/** A key that is already gone is deleted. */
export async function deleteKey(context: ProviderContext, id: number, signal: AbortSignal): Promise<void> {
  await context.client.sshKeys.delete(id, signal);
}

const awaitGone = (
  context: ProviderContext,
  poller: SharedPoller<{ readonly rawState: string }>,
  name: string,
  id: number,
  { onProgress, signal }: DeleteHooks,
): Promise<void> =>
  poller.wait(
    {
      id,
      what: `${name} to be gone`,
      judge: (object) => (object === undefined ? done(undefined) : waitFor(object.rawState)),
      timeoutMs: context.settings.taskTimeoutMs,
      onProgress,
    },
    signal,
  );
