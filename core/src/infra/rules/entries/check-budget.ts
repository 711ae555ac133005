import { createDiagnostic } from '#core/diagnostics/create-diagnostic.ts';
import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { t } from '#schemas/text/text.ts';
import type { MergedInfra } from '../../load/merge-documents.ts';
import type { FileRule } from '../scope/rule.ts';

/** A budget can be kept only with a price table. */
export const checkBudget: FileRule = { scope: 'file', reads: ['limits', 'prices'], check };

function check({ infra, locate, isBroken }: MergedInfra): readonly Diagnostic[] {
  if (infra.limits?.monthly_budget === undefined || infra.prices !== undefined || isBroken('prices')) return [];
  const detail = t('`monthly_budget` needs a price table. Name yours with `prices: FILE` at the top level.');
  return [createDiagnostic('budget-without-prices', { detail, source: locate(['limits', 'monthly_budget'], 'key') })];
}
