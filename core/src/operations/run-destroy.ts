import type { DesiredState } from '../infra/desired-state.ts';
import type { OperationContext, OperationSignals } from './operation-context.ts';
import type { OperationResult } from './operation-result.ts';
import { type ApplyRequest, runApply } from './run-apply.ts';

/**
 * Deletes what ict created for the project (all of it, or `only`), and forgets what it adopted. The deletion limit of
 * the file guards against deletions nobody thought of; here they are the purpose, so the confirmation alone counts.
 */
export function runDestroy(context: OperationContext, request: ApplyRequest, signals: OperationSignals): Promise<OperationResult> {
  return runApply(context, { ...request, adjust: emptyDesired }, signals);
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
