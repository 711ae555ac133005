import type { Deletion, OnProgress } from '#core/ports/cloud-provider.ts';
import type { ActualNetwork } from '#schemas/state/actual.ts';
import { awaitGone, type DeleteHooks } from './await-gone.ts';
import { judgeNew } from './judge-new.ts';
import type { ProviderContext } from './provider-context.ts';

/** Waits until a new network is `active`. */
export function awaitNetwork(context: ProviderContext, id: number, onProgress: OnProgress, signal: AbortSignal): Promise<ActualNetwork> {
  const name = `network ${id}`;
  const what = `${name} to be active`;
  return context.networks.wait(
    { id, what, judge: (seen) => judgeNew(name, seen), timeoutMs: context.settings.taskTimeoutMs, onProgress },
    signal,
  );
}

/** Deletes a network and waits until it is proven to be gone. */
export async function deleteNetwork(context: ProviderContext, id: number, hooks: DeleteHooks): Promise<Deletion> {
  if (await context.client.networks.delete(id, hooks.signal)) hooks.onAccepted();
  return awaitGone(context, { name: `network ${id}`, id, poller: context.networks, list: context.lists.networks }, hooks);
}
