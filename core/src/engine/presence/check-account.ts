import type { Refusal } from '#schemas/plan/plan.ts';
import type { ActualState } from '#schemas/state/actual.ts';
import type { Ledger } from '#schemas/state/ledger.ts';
import { t, type Text, verbatim } from '#schemas/text/text.ts';

/**
 * Whether the account that was read is another one than the ledger's. The ids of such a ledger mean other objects here, and what it
 * records can be neither found nor missed. A key belongs to one project, and the account is the same for all of them.
 */
export function isOtherAccount({ account: recorded }: Ledger, account: ActualState['account'], endpoint: string): boolean {
  if (!recorded) return false;
  const { id, projectIds } = account;
  if (recorded.endpoint !== endpoint) return true;
  if (recorded.id !== undefined && id !== undefined && recorded.id !== id) return true;
  if (!recorded.projectIds?.length || !projectIds?.length) return false;
  return recorded.projectIds.every((one) => !projectIds.includes(one));
}

/** Refuses the whole plan in another account, unless nothing is recorded or awaited. */
export function checkAccount(ledger: Ledger, account: ActualState['account'], endpoint: string): Refusal[] {
  const { account: recorded } = ledger;
  const isEmpty = Object.keys(ledger.entries).length === 0 && (ledger.unsettled ?? []).length === 0;
  if (!recorded || isEmpty || !isOtherAccount(ledger, account, endpoint)) return [];
  return [
    {
      kind: 'other-account',
      text: t(
        'The ledger belongs to account {0} at {1}; this is account {2} at {3}. Sign in to that account, or use another project name.',
        describeAccount(recorded.id, recorded.projectIds),
        recorded.endpoint,
        describeAccount(account.id, account.projectIds),
        endpoint,
      ),
    },
  ];
}

const describeAccount = (id: number | undefined, projectIds: readonly number[] | undefined): Text =>
  projectIds?.length ? t('{0} (project {1})', id ?? '?', projectIds.join(', ')) : verbatim(String(id ?? '?'));
