import type { StoredTask } from '../store/state-schema.ts';
import type { SandboxContext } from '../context/sandbox-context.ts';
import { carryOut } from './carry-out.ts';
import { headTask, startTask } from './enqueue-task.ts';

/** Moves tasks along as time passes. */
export interface TaskRunner {
  /** Starts and finishes everything due by now, in order of time. Called before each request. */
  settle(): void;
  /**
   * Sets the timer to the next due moment, so that hosts are switched without anyone asking. Called after each request; it carries
   * out nothing, since even in instant mode an answer shows the first state.
   */
  arm(): void;
  /** Tasks held by `stuck-task` go on: they are due now. */
  releaseStuck(): void;
  /** Resolves when no host is being switched. */
  idle(): Promise<void>;
  /** Drops the timer. */
  close(): void;
}

/** `onChange` is called after tasks moved outside a request, so that the state can be stored. */
export const createTaskRunner = (context: SandboxContext, onChange: () => void): TaskRunner => {
  /** Tasks whose host is being switched right now; never stored, so a restart does them again. */
  const inFlight = new Map<StoredTask, Promise<void>>();
  let cancelTimer: (() => void) | undefined;
  let isClosed = false;

  /** When something is to happen with a task; undefined when it waits for another or is in flight. */
  const eventMs = (task: StoredTask): number | undefined => {
    if (inFlight.has(task)) return undefined;
    if (task.phase === 'running') return task.dueMs ?? undefined;
    return headTask(context, task.subject) === task ? task.notBeforeMs : undefined;
  };

  const nextEvent = (): { task: StoredTask; atMs: number } | undefined => {
    let next: { task: StoredTask; atMs: number } | undefined;
    for (const task of context.state.tasks) {
      const atMs = eventMs(task);
      if (atMs !== undefined && (next === undefined || atMs < next.atMs)) next = { task, atMs };
    }
    return next;
  };

  const end = (task: StoredTask, outcome: 'done' | 'failed', atMs: number): void => {
    const { state } = context;
    if (!state.tasks.includes(task)) return;
    state.tasks = state.tasks.filter((one) => one !== task);
    const action = state.actions.find((one) => one.id === task.actionId);
    if (action !== undefined) {
      action.state = outcome === 'done' ? 'Completed' : 'Failed';
      action.endedMs = atMs;
    }
    const next = headTask(context, task.subject);
    if (next !== undefined) next.notBeforeMs = Math.max(next.notBeforeMs, atMs);
    if (task.work.kind === 'delete' && outcome === 'failed') restoreActive(context, task.subject.id);
  };

  const finish = (task: StoredTask, atMs: number): void => {
    if (task.ending === 'failed') return end(task, 'failed', atMs);
    const pending = carryOut(context, task);
    if (pending === undefined) return end(task, 'done', atMs);
    const flight = pending
      .then(
        (apply) => {
          if (context.state.tasks.includes(task)) apply();
          inFlight.delete(task);
          end(task, 'done', context.clock.now());
        },
        () => {
          inFlight.delete(task);
          // Hosts that go with the sandbox have not failed: the task is done again after the restart.
          if (!isClosed) end(task, 'failed', context.clock.now());
        },
      )
      .then(() => {
        settle();
        onChange();
      });
    inFlight.set(task, flight);
  };

  const settle = (): void => {
    if (isClosed) return;
    const nowMs = context.clock.now();
    for (let next = nextEvent(); next !== undefined && next.atMs <= nowMs; next = nextEvent()) {
      if (next.task.phase === 'queued') startTask(context, next.task, next.atMs);
      else finish(next.task, next.atMs);
    }
    arm();
  };

  const arm = (): void => {
    cancelTimer?.();
    const next = isClosed ? undefined : nextEvent();
    if (next === undefined) return;
    cancelTimer = context.clock.schedule(next.atMs, () => {
      settle();
      onChange();
    });
  };

  return {
    settle,
    arm,
    releaseStuck() {
      for (const task of context.state.tasks) {
        if (task.ending !== 'never') continue;
        task.ending = 'done';
        if (task.phase === 'running') task.dueMs = context.clock.now();
      }
      settle();
      onChange();
    },
    async idle() {
      while (inFlight.size > 0) await Promise.all(inFlight.values());
    },
    close() {
      isClosed = true;
      cancelTimer?.();
    },
  };
};

function restoreActive(context: SandboxContext, serverId: number): void {
  const server = context.state.servers.find((one) => one.id === serverId);
  if (server?.state === 'Deleting') server.state = 'Active';
}
