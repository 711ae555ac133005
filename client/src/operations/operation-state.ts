import type { HostStats } from '#schemas/ansible/callback-event.ts';
import type { AnsibleTask, HostStatus, RunVerdict } from '#schemas/events/ansible-event.ts';
import type { Plan } from '#schemas/plan/plan.ts';
import type { Text } from '#schemas/text/text.ts';

/** One step of an apply, as it is shown. */
export interface StepState {
  readonly id: string;
  readonly address: string;
  readonly text: Text;
  /** `interrupted`: it had begun when the operation ended. */
  readonly status: 'running' | 'succeeded' | 'failed' | 'skipped' | 'interrupted';
  /** What the provider says of it while it runs. */
  readonly progress?: string;
  readonly elapsedMs?: number;
}

/** What a host made of a task. */
export interface HostResult {
  readonly host: string;
  readonly status: HostStatus | 'running' | 'interrupted';
  readonly elapsedMs?: number;
  readonly message?: string;
}

/** A task of Ansible with its hosts. */
export interface TaskState {
  readonly task: AnsibleTask;
  readonly play: string;
  readonly isHandler: boolean;
  readonly hosts: ReadonlyMap<string, HostResult>;
}

/** One run of a playbook. */
export interface RunState {
  readonly number: number;
  readonly total: number;
  readonly playbook: string;
  readonly hosts: readonly string[];
  readonly isCheck: boolean;
  readonly tasks: readonly TaskState[];
  readonly verdict?: RunVerdict;
  readonly stats: Readonly<Record<string, HostStats>>;
}

/** How an operation stands. `lost`: its process is gone and never said how it ended. */
export type OperationStatus = 'running' | 'done' | 'failed' | 'cancelled' | 'lost';

/** Everything that is known of an operation from its events. */
export interface OperationState {
  /** `apply`, `deploy`, `power stop` … */
  readonly operation: string;
  readonly file: string;
  readonly pid?: number;
  readonly startedAt?: string;
  readonly status: OperationStatus;
  readonly exitCode?: number;
  readonly elapsedMs?: number;
  readonly plan?: Plan;
  readonly steps: ReadonlyMap<string, StepState>;
  readonly runs: readonly RunState[];
  readonly recap: Readonly<Record<string, HostStats>>;
  readonly messages: readonly { readonly level: 'info' | 'warning' | 'error'; readonly text: Text }[];
}

/** An operation nobody has heard of yet. */
export const newOperation = (operation: string, file: string): OperationState => ({
  operation,
  file,
  status: 'running',
  steps: new Map(),
  runs: [],
  recap: {},
  messages: [],
});
