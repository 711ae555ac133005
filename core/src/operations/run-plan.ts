import type { Change, Plan } from '#schemas/plan/plan.ts';
import { type FilePlanRequest, planFile } from './make-plan.ts';
import type { OperationContext } from './operation-context.ts';
import type { OperationResult } from './operation-result.ts';

/** Compares and says what would change; changes nothing. */
export async function runPlan(context: OperationContext, request: FilePlanRequest, signal: AbortSignal): Promise<OperationResult> {
  const outcome = await planFile(context, request, signal);
  if (outcome.kind === 'invalid') return outcome;
  context.emit({ kind: 'plan-ready', plan: outcome.plan });
  return { kind: 'planned', plan: outcome.plan, diagnostics: outcome.diagnostics };
}

/** A plan cut down to what was changed outside ict: what moved in the panel since the last apply. */
export async function runDrift(context: OperationContext, request: FilePlanRequest, signal: AbortSignal): Promise<OperationResult> {
  const outcome = await planFile(context, request, signal);
  if (outcome.kind === 'invalid') return outcome;
  const plan = toDrift(outcome.plan);
  context.emit({ kind: 'plan-ready', plan });
  return { kind: 'planned', plan, diagnostics: outcome.diagnostics };
}

/** Keeps fields that moved in the panel, and recorded objects that vanished. */
export function toDrift(plan: Plan): Plan {
  const changes = plan.changes.flatMap((change): Change[] => {
    const fields = change.fields.filter((field) => field.origin === 'panel' || field.origin === 'both');
    return fields.length > 0 ? [{ ...change, fields }] : change.action === 'recreate' ? [change] : [];
  });
  const totals = Object.fromEntries(
    Object.keys(plan.totals).map((action) => [action, changes.filter((change) => change.action === action).length]),
  ) as Plan['totals'];
  return { ...plan, changes, totals, refusals: [] };
}
