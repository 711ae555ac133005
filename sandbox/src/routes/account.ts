import type { SandboxApp } from '../http/sandbox-app.ts';
import { viewAccount } from '../views/account-view.ts';
import type { SandboxContext } from '../context/sandbox-context.ts';

/** `/account`, `/customer/balance` and `/project`. */
export const addAccountRoutes = (app: SandboxApp, context: SandboxContext): void => {
  const view = () => viewAccount(context.state, context.clock.now());
  app.get('/account', (c) => c.json(view().account));
  app.get('/customer/balance', (c) => c.body(JSON.stringify(view().balance), 200, json));
  app.get('/project', (c) => c.body(JSON.stringify(view().project), 200, json));
};

const json = { 'content-type': 'application/json' };
