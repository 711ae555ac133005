import type { SandboxState } from '../store/state-schema.ts';
import { formatUtcDate } from './format-date.ts';
import { applyOverlay } from '../store/wire-overlay.ts';

/** How long the money seems to last, milliseconds: the sandbox charges nothing. */
const MONTH_MS = 30 * 24 * 3_600_000;

/** The answers of `/account`, `/customer/balance` and `/project`. A token belongs to one project, which the last and the first both name. */
export const viewAccount = ({ account }: SandboxState, nowMs: number) => {
  const { id, projectId, firstName, lastName, email, balance, wire = {} } = account;
  const projects = [{ ProjectId: projectId, Balance: { Real: balance, Bonus: 0, Test: 0 } }];
  return {
    account: applyOverlay(
      {
        ID: id,
        FirstName: firstName,
        LastName: lastName,
        Email: email,
        Balance: balance,
        BalanceTillDateUtc: formatUtcDate(nowMs + MONTH_MS),
        ProjectBalances: projects,
      },
      wire.account,
    ),
    // A JSON string with a number in it, as two clients found.
    balance: applyOverlay({ value: balance.toFixed(2) }, wire.balance)['value'],
    // Only the key `Balances` is known of this answer.
    project: applyOverlay({ value: { Balances: projects } }, wire.project)['value'],
  };
};
