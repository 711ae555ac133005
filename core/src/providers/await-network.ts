import type { ActualNetwork } from '#schemas/state/actual.ts';
import { done, waitFor, type Verdict } from '#core/cloud/polling/verdict.ts';
import { CloudError, type OnProgress } from '#core/ports/cloud-provider.ts';
import type { ProviderContext } from './provider-context.ts';

/** Waits until a new network is `active`. */
export function awaitNetwork(context: ProviderContext, id: number, onProgress: OnProgress, signal: AbortSignal): Promise<ActualNetwork> {
  const what = `network ${id} to be active`;
  return context.networks.wait(
    { id, what, judge: (seen) => judgeNew(id, seen), timeoutMs: context.settings.taskTimeoutMs, onProgress },
    signal,
  );
}

function judgeNew(id: number, network: ActualNetwork | undefined): Verdict<ActualNetwork> {
  if (network === undefined) throw new CloudError('vanished', `network ${id} does not exist any more`);
  const { rawState, state } = network;
  switch (state) {
    case 'active':
      return done(network);
    case 'need-money':
      throw new CloudError('need-money', `network ${id} waits for money`, { providerMessage: rawState });
    case 'blocked':
      throw new CloudError('blocked', `network ${id} is blocked`, { providerMessage: rawState });
    case 'new':
    case 'deleting':
    case 'other':
      return waitFor(rawState);
    default:
      return state satisfies never;
  }
}
