import type { Step } from '#schemas/plan/step.ts';
import type { ApplyContext, StepHooks, StepResult } from './apply-context.ts';
import { runCreate } from './run-create.ts';
import { runDelete } from './run-delete.ts';
import { runAwaitServer, runServerChange } from './run-server-change.ts';

/** Carries out one step: each kind has its own file. */
export function runStep(context: ApplyContext, step: Step, hooks: StepHooks): Promise<StepResult> {
  switch (step.kind) {
    case 'create-key':
    case 'create-network':
    case 'create-server':
      return runCreate(context, step, hooks);
    case 'await-server':
      return runAwaitServer(context, step, hooks);
    case 'resize-server':
    case 'power-server':
    case 'reboot-server':
    case 'link-network':
    case 'unlink-network':
      return runServerChange(context, step, hooks);
    case 'delete-key':
    case 'delete-network':
    case 'delete-server':
      return runDelete(context, step, hooks);
    case 'adopt':
      return Promise.resolve(step.entry);
    case 'forget':
      return Promise.resolve(null);
    default:
      return step satisfies never;
  }
}
