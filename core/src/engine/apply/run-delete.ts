import type { StepOf } from '#schemas/plan/step.ts';
import { CloudError, type Deletion } from '../../ports/cloud-provider.ts';
import type { ApplyContext, RunStep, StepHooks } from './apply-context.ts';

type DeleteStep = StepOf<'delete-key'> | StepOf<'delete-network'> | StepOf<'delete-server'>;

const SENDS = 3;

/**
 * Deletes an object and waits until it is proven to be gone. A lost answer is sent again, which changes nothing more. The record of an
 * object that is still being deleted after a long time stays: the next plan sees whether it has gone.
 */
export const runDelete: RunStep<DeleteStep> = async (context, step, hooks) => {
  await context.journal({ kind: 'begin', step });
  for (let send = 1; ; send++) {
    try {
      if ((await call(context, step, hooks)) === 'deleting') return undefined;
      break;
    } catch (error) {
      if (!(error instanceof CloudError) || error.code !== 'answer-lost' || send >= SENDS) throw error;
      await context.clock.sleep(context.lookupPauseMs, context.abort);
    }
  }
  // Never drop the record of another object, whatever the plan says.
  return context.recorded.get(step.address)?.id === step.remoteId ? null : undefined;
};

function call({ cloud, abort }: ApplyContext, step: DeleteStep, { accepted, onProgress }: StepHooks): Promise<Deletion> {
  switch (step.kind) {
    case 'delete-key':
      return cloud.deleteKey(step.remoteId, abort);
    case 'delete-network':
      return cloud.deleteNetwork(step.remoteId, accepted, onProgress, abort);
    case 'delete-server':
      return cloud.deleteServer(step.remoteId, accepted, onProgress, abort);
    default:
      return step satisfies never;
  }
}
