import { countSteps } from '#schemas/plan/count-steps.ts';
import { t, type Text, tn, verbatim } from '#schemas/text/text.ts';
import type { HostResult, OperationStatus, RunState, StepState, TaskState } from '../../operations/operation-state.ts';
import type { Operation } from '../../operations/operations.ts';

/** A row of the operations view: operation → steps and playbooks → tasks → hosts. */
export type OperationNode =
  | { readonly kind: 'operation'; readonly id: string; readonly operation: Operation; readonly children: readonly OperationNode[] }
  | { readonly kind: 'step'; readonly id: string; readonly step: StepState }
  | { readonly kind: 'run'; readonly id: string; readonly run: RunState; readonly children: readonly OperationNode[] }
  | { readonly kind: 'task'; readonly id: string; readonly task: TaskState; readonly children: readonly OperationNode[] }
  | { readonly kind: 'host'; readonly id: string; readonly task: TaskState; readonly result: HostResult }
  | { readonly kind: 'message'; readonly id: string; readonly level: 'info' | 'warning' | 'error'; readonly text: Text };

/** Rows of all operations, the newest first. */
export const buildOperationNodes = (operations: readonly Operation[]): readonly OperationNode[] =>
  operations.map((operation) => {
    const { id, state } = operation;
    return {
      kind: 'operation',
      id,
      operation,
      children: [
        ...state.messages.map((message, index): OperationNode => ({ kind: 'message', id: `${id}/message:${index}`, ...message })),
        ...[...state.steps.values()].map((step): OperationNode => ({ kind: 'step', id: `${id}/step:${step.id}`, step })),
        ...state.runs.map((run) => toRunNode(run, `${id}/run:${run.number}`)),
      ],
    };
  });

const toRunNode = (run: RunState, id: string): OperationNode => ({
  kind: 'run',
  id,
  run,
  children: run.tasks
    // One that no host has begun when the run is over was never carried out.
    .filter(({ task, hosts }) => task.id !== '' && (run.verdict === undefined || hosts.size > 0))
    .map((task) => ({
      kind: 'task',
      id: `${id}/${task.task.id}`,
      task,
      children: [...task.hosts.values()].map((result) => ({ kind: 'host', id: `${id}/${task.task.id}/${result.host}`, task, result })),
    })),
});

export const operationTexts: Readonly<Record<OperationStatus, Text>> = {
  running: t('running'),
  done: t('done'),
  failed: t('failed'),
  cancelled: t('cancelled'),
  lost: t('ended without saying how'),
};

export const hostTexts: Readonly<Record<HostResult['status'], Text>> = {
  running: t('running'),
  ok: t('ok'),
  changed: t('changed'),
  skipped: t('skipped'),
  failed: t('failed'),
  ignored: t('failed, ignored'),
  unreachable: t('unreachable'),
  retry: t('tried again'),
  interrupted: t('interrupted'),
};

/** The worst of what the hosts made of a task; `running` while one still works. */
export function judgeTask({ hosts }: TaskState): HostResult['status'] {
  const statuses = new Set([...hosts.values()].map(({ status }) => status));
  const order = ['failed', 'unreachable', 'running', 'interrupted', 'changed', 'ignored', 'ok', 'skipped'] as const;
  return order.find((status) => statuses.has(status)) ?? 'running';
}

/** Hosts of a deploy that did not end well: what "run the failed hosts again" is about. */
export const listFailedHosts = ({ state }: Operation): readonly string[] =>
  Object.entries(state.recap).flatMap(([host, { failures, unreachable }]) => (failures + unreachable > 0 ? [host] : []));

/** Where an operation stands, in a line. */
export function describeOperation({ state, isStopping }: Operation): Text {
  if (state.status !== 'running') return operationTexts[state.status];
  if (isStopping) return t('stopping: what has begun is finished');
  const run = state.runs.at(-1);
  if (run) return t('{0} ({1} of {2})', run.playbook, run.number, run.total);
  const total = countSteps(state.plan, state.steps);
  const done = [...state.steps.values()].filter(({ status }) => status !== 'running').length;
  return total === 0 ? verbatim('…') : tn(total, '{1} of {0} step done', '{1} of {0} steps done', done);
}
