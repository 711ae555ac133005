import { wireAccount, wireBalance, type WireBalance } from '#schemas/cloud/account.ts';
import type { Account } from '#schemas/state/actual.ts';
import { CloudError, type CloudErrorCode } from '#core/ports/cloud-provider.ts';
import { readJson, type Api } from '../answers/call-api.ts';
import { convertAccount } from '../convert/convert-account.ts';

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
