import type { OperationEvent } from '#schemas/events/operation-event.ts';
import { endOperation, toStatus } from './end-operation.ts';
import type { HostResult, OperationState, RunState, StepState, TaskState } from './operation-state.ts';

/** The state after one more event. Lines for the output channel change nothing here. */
export function reduceEvent(state: OperationState, event: OperationEvent): OperationState {
  switch (event.kind) {
    case 'operation-started':
      return { ...state, operation: event.operation, file: event.file, pid: event.pid, startedAt: event.at };
    case 'plan-ready':
      return { ...state, plan: event.plan };
    case 'step-started':
      return setStep(state, { id: event.step, address: event.address, text: event.text, status: 'running' });
    case 'step-progress': {
      const known = state.steps.get(event.step);
      return known ? setStep(state, { ...known, progress: event.state, elapsedMs: event.elapsedMs }) : state;
    }
    case 'step-succeeded':
      return setStep(state, { id: event.step, address: event.address, text: event.text, status: 'succeeded', elapsedMs: event.elapsedMs });
    case 'step-failed':
      return setStep(state, { id: event.step, address: event.address, text: event.text, status: 'failed', elapsedMs: event.elapsedMs });
    case 'step-skipped':
      return setStep(state, { id: event.step, address: event.address, text: event.text, status: 'skipped' });
    case 'ansible-run-started': {
      const { number, total, playbook, hosts, isCheck } = event;
      return { ...state, runs: [...state.runs, { number, total, playbook, hosts, isCheck, tasks: [], stats: {} }] };
    }
    case 'ansible-play':
      return changeRun(state, (run) => ({ ...run, tasks: [...run.tasks, playMarker(event.name)] }));
    case 'ansible-task':
      return changeRun(state, (run) =>
        addTask(run, { task: event.task, play: currentPlay(run), isHandler: event.isHandler, hosts: new Map() }),
      );
    case 'ansible-host-started':
      return changeRun(state, (run) => changeTask(run, event.task, (task) => setHost(task, { host: event.host, status: 'running' })));
    case 'ansible-host-result': {
      // An item of a loop is not the task's end; the task's own result follows.
      if (event.item !== undefined || event.status === 'retry') return state;
      const { host, status, elapsedMs, message } = event;
      const result = { host, status, ...(elapsedMs === undefined ? {} : { elapsedMs }), ...(message === undefined ? {} : { message }) };
      return changeRun(state, (run) => changeTask(run, event.task.id, (task) => setHost(task, result)));
    }
    case 'ansible-run-finished':
      return changeRun(state, (run) => ({ ...run, verdict: event.verdict, stats: event.stats }));
    case 'ansible-recap':
      return { ...state, recap: event.hosts };
    case 'message':
      return { ...state, messages: [...state.messages, { level: event.level, text: event.text }] };
    case 'operation-finished':
      return endOperation({ ...state, exitCode: event.exitCode, elapsedMs: event.elapsedMs }, toStatus(event.exitCode));
    case 'confirmation-needed':
    case 'ansible-line':
      return state;
    default:
      return event satisfies never;
  }
}

const setStep = (state: OperationState, step: StepState): OperationState => ({ ...state, steps: new Map(state.steps).set(step.id, step) });

function changeRun(state: OperationState, change: (run: RunState) => RunState): OperationState {
  const last = state.runs.at(-1);
  return last ? { ...state, runs: [...state.runs.slice(0, -1), change(last)] } : state;
}

/** A play has no tasks of its own yet: its name waits for them in a task without an id. */
const playMarker = (play: string): TaskState => ({
  task: { id: '', name: play, action: 'play' },
  play,
  isHandler: false,
  hosts: new Map(),
});

const currentPlay = (run: RunState): string => run.tasks.at(-1)?.play ?? '';

function addTask(run: RunState, task: TaskState): RunState {
  const tasks = run.tasks.at(-1)?.task.id === '' ? run.tasks.slice(0, -1) : run.tasks;
  // With a free strategy Ansible names a task once for each host.
  return tasks.some((known) => known.task.id === task.task.id) ? { ...run, tasks } : { ...run, tasks: [...tasks, task] };
}

/** The newest tasks are asked for most, so the search goes from the end. */
function changeTask(run: RunState, id: string, change: (task: TaskState) => TaskState): RunState {
  const index = run.tasks.findLastIndex(({ task }) => task.id === id);
  const task = run.tasks[index];
  return task ? { ...run, tasks: run.tasks.with(index, change(task)) } : run;
}

const setHost = (task: TaskState, result: HostResult): TaskState => ({ ...task, hosts: new Map(task.hosts).set(result.host, result) });
