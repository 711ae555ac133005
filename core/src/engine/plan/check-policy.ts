import type { Change, Refusal } from '#schemas/plan/plan.ts';
import { deletedAddresses } from '#schemas/plan/plan.ts';
import { tn } from '#schemas/text/text.ts';
import type { PlanPolicy } from './plan-input.ts';

/** How many objects may be deleted, unless the user says a number. Counts replaced ones too. */
export function checkDeletionLimit(changes: readonly Change[], maxDeletes: number, policy: PlanPolicy): Refusal[] {
  const deleted = deletedAddresses({ changes });
  const limit = Math.max(maxDeletes, policy.allowDeletes ?? 0);
  if (deleted.length <= limit) return [];
  const shown = deleted.slice(0, 10).join(', ') + (deleted.length > 10 ? ' …' : '');
  return [
    {
      kind: 'too-many-deletes',
      text: tn(
        deleted.length,
        '{0} object would be deleted ({1}), the limit is {2}. To allow it: --allow-deletes {0}',
        '{0} objects would be deleted ({1}), the limit is {2}. To allow them: --allow-deletes {0}',
        shown,
        limit,
      ),
    },
  ];
}
