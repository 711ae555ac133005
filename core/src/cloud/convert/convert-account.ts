import { toWordIfAny } from '../texts/check-text.ts';
import type { WireAccount, WireBalance } from '#schemas/cloud/account.ts';
import type { Account } from '#schemas/state/actual.ts';

/** The account in our words. `Balance` was announced as removed, so the balance may come from its own call. */
export const convertAccount = (wire: WireAccount, balance: WireBalance | undefined): Account => ({
  id: wire.ID,
  ...toProjectIds(wire),
  email: toWordIfAny(wire.Email),
  balance: wire.Balance ?? balance,
});

/** Absent where the account names no project. */
function toProjectIds({ ProjectBalances }: WireAccount): Pick<Account, 'projectIds'> {
  const projectIds = ProjectBalances.flatMap(({ ProjectId }) => ProjectId ?? []).toSorted((a, b) => a - b);
  return projectIds.length === 0 ? {} : { projectIds };
}
