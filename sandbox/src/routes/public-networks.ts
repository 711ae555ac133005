import { invalidRequest } from '../errors/api-error.ts';
import { inputInt, inputText, maybe, readInput } from '../http/lenient-input.ts';
import type { SandboxApp } from '../http/sandbox-app.ts';
import { nameToStore } from '../lies/changed-name.ts';
import { takeId } from '../store/counters.ts';
import type { StoredNetwork } from '../store/state-schema.ts';
import { viewPublicNetwork } from '../views/network-view.ts';
import type { SandboxContext } from '../context/sandbox-context.ts';
import { chooseDataCentre } from './create-server.ts';
import { findNetwork, noContent, readRequestBody } from './find-object.ts';
import { createNetwork, deleteNetwork } from './networks.ts';

const createFields = { NetworkCapacity: inputInt, Name: inputText, Bandwidth: inputInt, DCLocation: maybe(inputText) };
const editFields = { Bandwidth: maybe(inputInt), Name: maybe(inputText) };

/** `/publicnetwork`: own public networks. A new one is `FromPool` until it is there. */
export const addPublicNetworkRoutes = (app: SandboxApp, context: SandboxContext): void => {
  app.get('/publicnetwork', (c) => {
    const state = context.history.seenBy(c.get('facts'));
    return c.json(state.networks.filter((one) => one.kind === 'public').map((network) => viewPublicNetwork(state, network)));
  });
  app.get('/publicnetwork/:id', (c) => {
    const state = context.history.seenBy(c.get('facts'));
    return c.json(viewPublicNetwork(state, findNetwork({ state }, c, 'public')));
  });

  app.post('/publicnetwork', async (c) => {
    const input = readInput(await readRequestBody(c), createFields);
    checkBandwidth(input.Bandwidth);
    const id = takeId(context.state, 'network');
    const network: StoredNetwork = {
      id,
      kind: 'public',
      name: nameToStore(input.Name, c.get('facts'), context.faults),
      state: 'FromPool',
      dhcp: false,
      dc: chooseDataCentre(context, input.DCLocation, c.get('facts')).techTitle,
      index: id - 51_000,
      bandwidth: input.Bandwidth,
      capacity: String(input.NetworkCapacity),
    };
    createNetwork(context, network, c.get('facts'));
    return c.json(viewPublicNetwork(context.state, network));
  });

  app.put('/publicnetwork/:id', async (c) => {
    const body = await readRequestBody(c);
    const network = findNetwork(context, c, 'public');
    const input = readInput(body, editFields);
    const bandwidth = input.Bandwidth ?? network.bandwidth;
    checkBandwidth(bandwidth);
    Object.assign(network, { bandwidth, name: input.Name ?? network.name });
    return c.json(viewPublicNetwork(context.state, network));
  });

  app.delete('/publicnetwork/:id', (c) => {
    deleteNetwork(context, findNetwork(context, c, 'public'), c.get('facts'));
    return c.body(null, 200, noContent);
  });
};

/** Documented: 10…1000 Mbit/s in tens. */
function checkBandwidth(bandwidth: number): void {
  if (bandwidth >= 10 && bandwidth <= 1000 && bandwidth % 10 === 0) return;
  throw invalidRequest({ Bandwidth: ['Bandwidth must be between 10 and 1000 in steps of 10.'] });
}
