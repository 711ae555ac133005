import { CloudError, type CloudErrorCode } from '#core/ports/cloud-provider.ts';
import { wireAccount, type WireAccount, wireBalance, type WireBalance } from '#schemas/cloud/account.ts';
import type { Account } from '#schemas/state/actual.ts';
import { type Api, readJson } from '../answers/call-api.ts';
import { toWordIfAny } from '../texts/check-text.ts';

/** `/account` and `/customer/balance`. Reading the account is also how a token is tried. */
export interface AccountResource {
  get(signal: AbortSignal): Promise<Account>;
}

export const createAccountResource = (api: Api): AccountResource => ({
  get: async (signal) => {
    const wire = await readJson(api, '/account', wireAccount, signal);
    return convertAccount(wire, wire.Balance === undefined ? await readBalance(api, signal) : undefined);
  },
});

/** An account that will not tell its balance is no reason to stop: plans only show it. */
const withoutBalance: ReadonlySet<CloudErrorCode> = new Set(['not-found', 'forbidden', 'invalid-request', 'invalid-answer']);

async function readBalance(api: Api, signal: AbortSignal): Promise<WireBalance | undefined> {
  try {
    return await readJson(api, '/customer/balance', wireBalance, signal);
  } catch (error) {
    if (error instanceof CloudError && withoutBalance.has(error.code)) return undefined;
    throw error;
  }
}

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
