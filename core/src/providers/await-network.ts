import type { ActualNetwork } from '#schemas/state/actual.ts';
import type { OnProgress } from '#core/ports/cloud-provider.ts';
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
