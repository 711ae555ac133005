import { dirname } from 'node:path';
import { type PlanResult, planResult } from '#schemas/plan/plan-result.ts';
import { t } from '#schemas/text/text.ts';
import { parseJson } from '../../operations/parse-json.ts';
import type { ClientContext } from '../context/client-context.ts';
import { selectBy, type Target } from '../context/pick-target.ts';
import { runShown, showPlanFailure } from '../context/run-shown.ts';
import { saveInfraFiles } from '../context/workspace-files.ts';

/** A plan that was made, with what must be confirmed. */
export type ReadyPlan = PlanResult & { readonly plan: NonNullable<PlanResult['plan']> };

/**
 * Makes a plan and shows it in its view. Undefined: it could not be made, or the user cancelled; that has been said. `extra`
 * are further arguments, such as where to save it.
 */
export async function makePlan(context: ClientContext, target: Target, extra: readonly string[] = []): Promise<ReadyPlan | undefined> {
  const { render, plan: view } = context;
  const words = ['plan', target.file, '--json', ...selectBy('--only', target.names), ...extra];
  await saveInfraFiles();
  const result = await runShown(context, render(t('Comparing the panel with the file')), words, dirname(target.file));
  if (!result) return undefined;
  const made = parseJson(planResult, result.stdout);
  if (made?.plan) {
    await view.show(made.plan);
    return { ...made, plan: made.plan };
  }
  showPlanFailure(context, result, made);
  return undefined;
}
