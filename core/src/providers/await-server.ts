import type { ActualServer } from '#schemas/state/actual.ts';
import { done, waitFor, type Verdict } from '#core/cloud/polling/verdict.ts';
import { CloudError, type OnProgress } from '#core/ports/cloud-provider.ts';
import type { ProviderContext } from './provider-context.ts';

/** Waits until a new server is `active`. */
export function awaitServer(context: ProviderContext, id: number, onProgress: OnProgress, signal: AbortSignal): Promise<ActualServer> {
  const what = `server ${id} to be active`;
  return context.servers.wait(
    { id, what, judge: (server) => judgeNew(id, server), timeoutMs: context.settings.taskTimeoutMs, onProgress },
    signal,
  );
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
    const present = requireServer(id, server);
    return change.isTrue(present) ? done(present) : waitFor(present.rawState);
  };
  return context.servers.wait({ id, what: change.what, judge, timeoutMs: change.timeoutMs ?? context.settleTimeoutMs, onProgress }, signal);
}

/** The server, or `vanished`. */
export function requireServer(id: number, server: ActualServer | undefined): ActualServer {
  if (server === undefined) throw new CloudError('vanished', `server ${id} does not exist any more`);
  return server;
}

function judgeNew(id: number, server: ActualServer | undefined): Verdict<ActualServer> {
  const present = requireServer(id, server);
  const { rawState, state } = present;
  switch (state) {
    case 'active':
      return done(present);
    case 'need-money':
      throw new CloudError('need-money', `server ${id} waits for money`, { providerMessage: rawState });
    case 'blocked':
      throw new CloudError('blocked', `server ${id} is blocked`, { providerMessage: rawState });
    case 'new':
    case 'deleting':
    case 'other':
      return waitFor(rawState);
    default:
      return state satisfies never;
  }
}
