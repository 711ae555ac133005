import type { Deletion } from '#core/ports/cloud-provider.ts';
import { awaitGone } from './await-gone.ts';
import type { ProviderContext } from './provider-context.ts';

/** Deletes a key and waits until it is proven to be gone: the API deletes keys at once. */
export async function deleteKey(context: ProviderContext, id: number, signal: AbortSignal): Promise<Deletion> {
  await context.client.sshKeys.delete(id, signal);
  return awaitGone(
    context,
    { name: `key ${id}`, id, poller: context.keys, list: context.lists.keys },
    { onAccepted: () => undefined, onProgress: () => undefined, signal },
  );
}
