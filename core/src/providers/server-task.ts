import { pollUntil } from '#core/cloud/polling/poll-until.ts';
import { done, type Verdict, waitFor } from '#core/cloud/polling/verdict.ts';
import { CloudError, type OnAccepted, type OnProgress } from '#core/ports/cloud-provider.ts';
import type { CloudTask } from '#schemas/state/actual.ts';
import type { ProviderContext } from './provider-context.ts';

/**
 * Reports an accepted write and waits for its task. A write whose answer named no task is waited for by the server's being
 * idle; a task that is not found any more counts as over, what it changed tells the rest.
 */
export async function awaitTask(
  context: ProviderContext,
  serverId: number,
  task: CloudTask | undefined,
  onAccepted: OnAccepted,
  onProgress: OnProgress,
  signal: AbortSignal,
): Promise<void> {
  if (task === undefined) {
    await awaitIdle(context, serverId, onProgress, signal);
    return;
  }
  await onAccepted(task.id);
  const started = judgeTask(serverId, task);
  if (started.kind === 'done') return;
  onProgress(started.state);
  const what = `task ${task.id} (${task.type}) of server ${serverId}`;
  const judge = (seen: CloudTask | undefined): Verdict<void> => judgeTask(serverId, seen);
  await context.tasksOf(serverId).wait({ id: task.id, what, judge, timeoutMs: context.settings.taskTimeoutMs, onProgress }, signal);
}

/** Waits until no task of a server is running or queued; `timeoutMs` is the user's patience with tasks unless given. */
export function awaitIdle(
  context: ProviderContext,
  serverId: number,
  onProgress: OnProgress,
  signal: AbortSignal,
  timeoutMs = context.settings.taskTimeoutMs,
): Promise<void> {
  const { client, clock, settings } = context;
  return pollUntil(
    {
      clock,
      what: `server ${serverId} to be idle`,
      read: (pollSignal) => client.actions.list(serverId, pollSignal),
      judge: (tasks) => {
        const active = tasks.find((task) => task.state === 'running' || task.state === 'postponed');
        return active === undefined ? done(undefined) : waitFor(active.rawState);
      },
      intervalMs: settings.pollIntervalMs,
      timeoutMs,
      onProgress,
    },
    signal,
  );
}

function judgeTask(serverId: number, task: CloudTask | undefined): Verdict<void> {
  if (task === undefined) return done(undefined);
  switch (task.state) {
    case 'completed':
      return done(undefined);
    case 'failed':
      throw new CloudError('task-failed', `task ${task.id} (${task.type}) of server ${serverId} ended as "${task.rawState}"`, {
        providerMessage: task.rawState,
      });
    case 'running':
    case 'postponed':
      return waitFor(task.rawState);
    default:
      return task.state satisfies never;
  }
}
