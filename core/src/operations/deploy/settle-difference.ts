import { hasChanges } from '#schemas/plan/read-plan.ts';
import type { ActualState } from '#schemas/state/actual.ts';
import { exitCodes } from '#schemas/events/exit-code.ts';
import { t } from '#schemas/text/text.ts';
import { findStaleness } from '../../engine/compare-plans.ts';
import { weighPlan } from '../../engine/confirm.ts';
import { makePlan } from '../make-plan.ts';
import type { OperationSignals } from '../operation-context.ts';
import { toExitCode } from '../operation-result.ts';
import { carryOut, confirm } from '../run-apply.ts';
import type { DeployContext } from './deploy-context.ts';
import type { DeployRequest, DeployResult } from './deploy-request.ts';

/** Either the panel is as the deploy wants it, or the deploy has ended. */
export type Settled = { readonly kind: 'settled'; readonly actual: ActualState } | Extract<DeployResult, { kind: 'not-applied' }>;

/**
 * The gate before a deploy: compares the panel with the file for what the deploy is about. Equal: it goes on. Different: the
 * difference is shown, confirmed and applied first. A dry run, and a deploy "as is", only say so.
 */
export async function settleDifference(context: DeployContext, request: DeployRequest, signals: OperationSignals): Promise<Settled> {
  const made = await makePlan(context, { file: request.file, only: request.limit, except: [], policy: request.policy }, signals.abort);
  if (made.kind === 'invalid') return { kind: 'not-applied', result: made };
  const { plan, actual } = made;
  if (!hasChanges(plan)) return { kind: 'settled', actual };
  const staleness = request.saved && findStaleness(request.saved, plan);
  if (staleness) return { kind: 'not-applied', result: { kind: 'stale', plan, staleness } };
  context.emit({ kind: 'plan-ready', plan });
  if (request.isCheck || request.isAsIs) {
    context.emit({ kind: 'message', level: 'warning', text: t('The panel differs from the file; the playbooks run on what there is.') });
    return { kind: 'settled', actual };
  }
  if (plan.refusals.length > 0) return { kind: 'not-applied', result: { kind: 'refused', plan } };
  context.emit({
    kind: 'message',
    level: 'info',
    text: t('The panel differs from the file. The difference is applied first, then the playbooks run.'),
  });
  const needed = weighPlan(plan);
  const confirmed = await confirm(context, needed, request.given);
  if (confirmed !== 'yes') return { kind: 'not-applied', result: { kind: 'not-confirmed', plan, needed, wasAsked: confirmed === 'no' } };
  const applied = await carryOut(context, made, signals);
  if (toExitCode(applied) !== exitCodes.done) return { kind: 'not-applied', result: applied };
  return { kind: 'settled', actual: await context.cloud.readAll(signals.abort) };
}
