import type { SandboxApp } from '../http/sandbox-app.ts';
import { formatUtcDate } from '../views/format-date.ts';
import type { World } from '../world.ts';

/** How long the money seems to last, milliseconds: the sandbox charges nothing. */
const MONTH_MS = 30 * 24 * 3_600_000;

/** `/account`, `/customer/balance` and `/project`. A token belongs to one project. */
export const addAccountRoutes = (app: SandboxApp, world: World): void => {
  const balances = () => ({ Real: world.state.account.balance, Bonus: 0, Test: 0 });

  const projects = () => [{ ProjectId: world.state.account.projectId, Balance: balances() }];

  app.get('/account', (c) => {
    const { id, firstName, lastName, email, balance } = world.state.account;
    return c.json({
      ID: id,
      FirstName: firstName,
      LastName: lastName,
      Email: email,
      Balance: balance,
      BalanceTillDateUtc: formatUtcDate(world.clock.now() + MONTH_MS),
      ProjectBalances: projects(),
    });
  });

  // A JSON string with a number in it, as two clients found.
  app.get('/customer/balance', (c) => c.json(world.state.account.balance.toFixed(2)));

  // Only the key `Balances` is known of this answer; the rows are those of `/account`.
  app.get('/project', (c) => c.json({ Balances: projects() }));
};
