import type { WireAccount, WireBalance } from '#schemas/cloud/account.ts';
import type { Account } from '#schemas/state/actual.ts';

/** The account in our words. `Balance` was announced as removed, so the balance may come from its own call. */
export const convertAccount = (wire: WireAccount, balance: WireBalance | undefined): Account => ({
  id: wire.ID,
  email: wire.Email,
  balance: wire.Balance ?? balance,
});
