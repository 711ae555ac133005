import type { SandboxApp } from '../http/sandbox-app.ts';
import { viewDataCentre } from '../views/catalog-view.ts';
import type { World } from '../world.ts';

/** `/dcLocation`; paths are matched in lower case. */
export const addDataCentreRoutes = (app: SandboxApp, world: World): void => {
  app.get('/dclocation', (c) => c.json(world.state.dataCentres.map(viewDataCentre)));
};
