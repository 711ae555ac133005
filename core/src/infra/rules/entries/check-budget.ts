import { createDiagnostic } from '#core/diagnostics/create-diagnostic.ts';
import { t } from '#schemas/text/text.ts';
import type { Rule } from '../scope/rule.ts';

/** A budget can be kept only with a price table. */
export const checkBudget: Rule = ({ infra, locate, isBroken }) => {
  if (infra.limits?.monthly_budget === undefined || infra.prices !== undefined || isBroken('prices')) return [];
  const detail = t('`monthly_budget` needs a price table. Name yours with `prices: FILE` at the top level.');
  return [createDiagnostic('budget-without-prices', { detail, source: locate(['limits', 'monthly_budget'], 'key') })];
};
