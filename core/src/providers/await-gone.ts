import type { SharedReading } from '#core/async/shared-reading.ts';
import type { SharedPoller } from '#core/cloud/polling/shared-poller.ts';
import { done, type Verdict, waitFor } from '#core/cloud/polling/verdict.ts';
import { CloudError, type Deletion, type Listing, type OnProgress } from '#core/ports/cloud-provider.ts';
import type { ObjectState } from '#schemas/state/actual.ts';
import type { ProviderContext } from './provider-context.ts';

/** Who is told of a deletion and can end the wait for it. */
export interface DeleteHooks {
  readonly onAccepted: () => void;
  readonly onProgress: OnProgress;
  readonly signal: AbortSignal;
}

/** What is read of it; keys have no state. */
export interface Readable {
  readonly id: number;
  readonly rawState?: string;
  readonly state?: ObjectState;
}

/** An object that is being deleted, and the two ways to look for it. */
export interface Leaving {
  readonly name: string;
  readonly id: number;
  readonly poller: SharedPoller<Readable>;
  readonly list: SharedReading<Listing<Readable>>;
}

/**
 * Waits until an object is gone: not found by its id and missing in the list, one after the other, or in a state that says so. A
 * failed reading proves nothing. What says "deleting" for as long as a change may take to show is left to the provider.
 */
export async function awaitGone(context: ProviderContext, leaving: Leaving, { onProgress, signal }: DeleteHooks): Promise<Deletion> {
  const { settings, settleTimeoutMs, clock } = context;
  let state: ObjectState | undefined;
  const judge = (object: Readable | undefined): Verdict<void> => {
    state = object?.state;
    return object === undefined || object.state === 'deleted' ? done(undefined) : waitFor(object.rawState ?? '');
  };
  const roundMs = Math.min(settleTimeoutMs, settings.taskTimeoutMs);
  const what = `${leaving.name} to be gone`;
  for (let waitedMs = 0; ; waitedMs += roundMs) {
    try {
      await leaving.poller.wait({ id: leaving.id, what, judge, timeoutMs: roundMs, onProgress }, signal);
      if (await isMissing(leaving, signal)) return 'gone';
      await clock.sleep(settings.pollIntervalMs, signal);
      waitedMs += settings.pollIntervalMs - roundMs;
    } catch (error) {
      if (!(error instanceof CloudError) || error.code !== 'task-timeout') throw error;
      if (state === 'deleting') return 'deleting';
      if (waitedMs + roundMs >= settings.taskTimeoutMs) throw error;
    }
  }
}

async function isMissing({ list, id }: Leaving, signal: AbortSignal): Promise<boolean> {
  const { items, unreadable } = await list.read(signal);
  return items.every((item) => item.id !== id || item.state === 'deleted') && unreadable.every((row) => row.id !== id);
}
