import type { FaultName } from '../faults/fault-names.ts';
import type { RequestFacts } from '../faults/fault-rule.ts';
import { takeId } from '../store/counters.ts';
import type { StoredAction, StoredTask, TaskWork } from '../store/state-schema.ts';
import type { SandboxContext } from '../context/sandbox-context.ts';

/** A task as a route asks for it. */
export interface TaskRequest {
  readonly subject: StoredTask['subject'];
  readonly work: TaskWork;
  readonly durationMs: number;
  /** The request it came with: task faults are matched against it. Missing: an order of the panel, which no fault strikes. */
  readonly request?: RequestFacts;
}

/** How long the fault `postponed` holds a task back when it does not say, milliseconds. */
const POSTPONED_MS = 2_000;

/**
 * Queues a task of a server behind the server's others and answers its action: `InProgress` when it starts now, `Postponed` when it
 * has to wait. What the provider does with overlapping tasks is unknown; its word `Postponed` suggests a queue.
 */
export const enqueueServerTask = (context: SandboxContext, task: TaskRequest, actionType: string): StoredAction => {
  const nowMs = context.clock.now();
  const action: StoredAction = {
    id: takeId(context.state, 'action'),
    serverId: task.subject.id,
    type: actionType,
    state: 'Postponed',
    startedMs: nowMs,
    endedMs: null,
  };
  context.state.actions.unshift(action);
  enqueue(context, task, action.id);
  return action;
};

/** Queues a task of a network, which has no action. */
export const enqueueNetworkTask = (context: SandboxContext, task: TaskRequest): void => {
  enqueue(context, task, null);
};

/** Lets a task run from `atMs` on. */
export const startTask = (context: SandboxContext, task: StoredTask, atMs: number): void => {
  task.phase = 'running';
  task.dueMs = task.ending === 'never' ? null : atMs + task.durationMs;
  const action = context.state.actions.find((one) => one.id === task.actionId);
  if (action === undefined) return;
  action.state = 'InProgress';
  action.startedMs = atMs;
};

/** The task whose turn it is among those of one subject. */
export const headTask = (context: SandboxContext, subject: StoredTask['subject']): StoredTask | undefined =>
  context.state.tasks.find((task) => isSame(task.subject, subject));

const isSame = (a: StoredTask['subject'], b: StoredTask['subject']): boolean => a.kind === b.kind && a.id === b.id;

function enqueue(context: SandboxContext, { subject, work, durationMs, request }: TaskRequest, actionId: number | null): void {
  const { state, faults, clock } = context;
  const nowMs = clock.now();
  const strikes = (name: FaultName) => (request === undefined ? undefined : faults.take(name, request));
  const postponed = strikes('postponed');
  // Asked in this order so that a task that never ends does not use up a failure as well.
  const stuck = strikes('stuck-task') !== undefined;
  const failed = !stuck && strikes('failed-task') !== undefined;
  // A delete must be able to end everything else, or nothing could clean up after a stuck task.
  if (work.kind === 'delete') state.tasks = state.tasks.filter((task) => task.ending !== 'never' || !isSame(task.subject, subject));
  const task: StoredTask = {
    id: takeId(state, 'task'),
    subject,
    actionId,
    work,
    phase: 'queued',
    durationMs,
    notBeforeMs: postponed === undefined ? nowMs : nowMs + (postponed.ms ?? POSTPONED_MS),
    dueMs: null,
    ending: stuck ? 'never' : failed ? 'failed' : 'done',
  };
  state.tasks.push(task);
  if (headTask(context, subject) === task && postponed === undefined) startTask(context, task, nowMs);
}
