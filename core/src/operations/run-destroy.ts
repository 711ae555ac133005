import type { DesiredState } from '../infra/desired-state.ts';
import type { OperationContext, OperationSignals } from './operation-context.ts';
import type { OperationResult } from './operation-result.ts';
import { type FileApplyRequest, runApply } from './run-apply.ts';

/**
 * Deletes what ict created for the project (all of it, or `only`), and forgets what it adopted. The deletion limit of
 * the file guards against deletions nobody thought of; here they are the purpose, so the confirmation alone counts. The catalogue is not
 * needed. Where all there is to do is to forget, the result says so: nothing was destroyed.
 */
export async function runDestroy(
  context: OperationContext,
  request: FileApplyRequest,
  signals: OperationSignals,
): Promise<OperationResult> {
  const result = await runApply(context, { ...request, adjust: emptyDesired, needsCatalog: false }, signals);
  if (result.kind !== 'applied') return result;
  const actions = new Set(result.plan.changes.map(({ action }) => action));
  return { ...result, onlyForgot: actions.has('forget') && !actions.has('delete') };
}

/** Desired state in which nothing of the file exists. `manage: account` must not turn this into a purge of strangers. */
export const emptyDesired = (desired: DesiredState): DesiredState => ({
  ...desired,
  manage: 'owned',
  maxDeletes: Number.MAX_SAFE_INTEGER,
  servers: [],
  networks: [],
  keys: [],
});
