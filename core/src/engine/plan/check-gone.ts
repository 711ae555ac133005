import type { Refusal } from '#schemas/plan/plan.ts';
import { t } from '#schemas/text/text.ts';

/**
 * Refuses the whole plan when most of what is recorded has vanished at once: that is rather another project's key, or a provider in
 * trouble, than somebody who deleted everything. `confirmed`: the number that the user has confirmed.
 */
export function checkMassDisappearance(goneCount: number, recordedCount: number, confirmed: number | undefined): Refusal[] {
  if (goneCount <= 1 || goneCount * 2 <= recordedCount || confirmed === goneCount) return [];
  return [
    {
      kind: 'mass-disappearance',
      text: t(
        '{0} of {1} recorded objects are no longer in the account. Check that the token belongs to the right project. If they were really deleted: --confirm-gone {0}',
        goneCount,
        recordedCount,
      ),
    },
  ];
}
