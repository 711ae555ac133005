import type { Address } from '#schemas/infra/names.ts';
import { hasChanges } from '#schemas/plan/read-plan.ts';
import { exitCodes } from '#schemas/events/exit-code.ts';
import type { ActualState } from '#schemas/state/actual.ts';
import { t } from '#schemas/text/text.ts';
import { findStaleness } from '../../engine/compare-plans.ts';
import { divide, wholeRefusals } from '#schemas/plan/left-out.ts';
import { makePlan } from '../make-plan.ts';
import type { Project } from '../open-project.ts';
import type { OperationSignals } from '../operation-context.ts';
import { toExitCode } from '../operation-result.ts';
import { confirmAndCarryOut } from '../run-apply.ts';
import type { DeployContext } from './deploy-context.ts';
import type { DeployRequest } from './deploy-request.ts';
import type { DeployResult } from './deploy-request.ts';

/** Either the panel is as the deploy wants it, or the deploy has ended. */
export type Settled =
  | {
      readonly kind: 'settled';
      readonly actual: ActualState;
      /** Servers that the plan refuses: they differ or are doubtful, so no playbook runs on them. */
      readonly leftOut: ReadonlySet<Address>;
      /** Whether time has passed between the question and now, in which files may have changed. */
      readonly hasApplied: boolean;
    }
  | Extract<DeployResult, { kind: 'not-applied' }>;

/**
 * Applies the plan before the deploy: compares the panel with the file for what the deploy is about. Equal: it goes on. Different: the
 * difference is shown, confirmed and applied first; what the plan refuses is left out. A dry run, and a deploy "as is", only say so.
 */
export async function settleDifference(
  context: DeployContext,
  project: Project,
  request: DeployRequest,
  signals: OperationSignals,
): Promise<Settled> {
  const isOnlyLooking = request.isCheck || request.isAsIs;
  const made = await makePlan(
    context,
    project,
    { only: request.limit, except: [], policy: request.policy, canWait: !isOnlyLooking },
    signals.abort,
  );
  if (made.kind === 'invalid') return { kind: 'not-applied', result: made };
  const { plan, actual } = made;
  if (!hasChanges(plan) && plan.refusals.length === 0 && plan.records.length === 0) return settled(actual, [], false);
  const staleness = request.saved && findStaleness(request.saved, plan);
  if (staleness) return { kind: 'not-applied', result: { kind: 'stale', plan, staleness } };
  context.emit({ kind: 'plan-ready', plan });
  if (isOnlyLooking) {
    context.emit({ kind: 'message', level: 'warning', text: t('The panel differs from the file; the playbooks run on what there is.') });
    return settled(actual, [], false);
  }
  const { runnable, leftOut } = divide(plan);
  if (wholeRefusals(plan).length > 0) return { kind: 'not-applied', result: { kind: 'refused', plan } };
  if (!hasChanges(runnable) && runnable.records.length === 0) return settled(actual, leftOut, false);
  if (hasChanges(runnable))
    context.emit({
      kind: 'message',
      level: 'info',
      text: t('The panel differs from the file. The difference is applied first, then the playbooks run.'),
    });
  const applied = await confirmAndCarryOut(context, made, request.given, signals);
  const isDone = applied.kind === 'applied' ? toExitCode({ ...applied, leftOut: [] }) === exitCodes.done : applied.kind === 'nothing-to-do';
  // What was left out is no failure of the rest: its records alone may have changed.
  if (!isDone && !(applied.kind === 'refused' && !hasChanges(runnable))) return { kind: 'not-applied', result: applied };
  return hasChanges(runnable) ? settled(await context.cloud.readObjects(signals.abort), leftOut, true) : settled(actual, leftOut, false);
}

const settled = (actual: ActualState, leftOut: readonly Address[], hasApplied: boolean): Settled => ({
  kind: 'settled',
  actual,
  leftOut: new Set(leftOut),
  hasApplied,
});
