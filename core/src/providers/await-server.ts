import type { ActualServer } from '#schemas/state/actual.ts';
import { done, waitFor, type Verdict } from '#core/cloud/polling/verdict.ts';
import { CloudError, type OnProgress } from '#core/ports/cloud-provider.ts';
import { judgeNew, requirePresent } from './judge-new.ts';
import type { ProviderContext } from './provider-context.ts';

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
