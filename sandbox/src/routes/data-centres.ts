import type { SandboxApp } from '../http/sandbox-app.ts';
import { viewDataCentre } from '../views/catalog-view.ts';
import type { SandboxContext } from '../context/sandbox-context.ts';

/** `/dcLocation`; paths are matched in lower case. */
export const addDataCentreRoutes = (app: SandboxApp, context: SandboxContext): void => {
  app.get('/dclocation', (c) => c.json(context.state.dataCentres.map(viewDataCentre)));
};
