import type { RequestFacts } from '../faults/fault-rule.ts';
import { ApiError } from '../errors/api-error.ts';
import { inputBoolean, inputText, maybe, readInput } from '../http/lenient-input.ts';
import type { SandboxApp } from '../http/sandbox-app.ts';
import { nameToStore } from '../lies/changed-name.ts';
import { vanishTask } from '../lies/deleted-remains.ts';
import { takeId } from '../store/counters.ts';
import type { StoredNetwork } from '../store/state-schema.ts';
import { enqueueNetworkTask } from '../tasks/enqueue-task.ts';
import { viewNetwork } from '../views/network-view.ts';
import type { SandboxContext } from '../context/sandbox-context.ts';
import { chooseDataCentre } from './create-server.ts';
import { findNetwork, noContent, readRequestBody } from './find-object.ts';
import { remainsOf } from './servers.ts';

const createFields = { Name: inputText, DCLocation: maybe(inputText), IsDHCP: maybe(inputBoolean) };
const renameFields = { Name: inputText };

/** `/network`: private networks. PUT only renames. */
export const addNetworkRoutes = (app: SandboxApp, context: SandboxContext): void => {
  app.get('/network', (c) => {
    const state = context.history.seenBy(c.get('facts'));
    return c.json(state.networks.filter((one) => one.kind === 'private').map((network) => viewNetwork(state, network)));
  });
  app.get('/network/:id', (c) => {
    const state = context.history.seenBy(c.get('facts'));
    return c.json(viewNetwork(state, findNetwork({ state }, c, 'private')));
  });

  app.post('/network', async (c) => {
    const input = readInput(await readRequestBody(c), createFields);
    const id = takeId(context.state, 'network');
    const network: StoredNetwork = {
      id,
      kind: 'private',
      name: nameToStore(input.Name, c.get('facts'), context.faults),
      state: 'New',
      dhcp: input.IsDHCP ?? false,
      dc: chooseDataCentre(context, input.DCLocation, c.get('facts')).techTitle,
      index: id - 51_000,
      bandwidth: 0,
      capacity: '',
    };
    createNetwork(context, network, c.get('facts'));
    return c.json(viewNetwork(context.state, network));
  });

  app.put('/network/:id', async (c) => {
    const body = await readRequestBody(c);
    const network = findNetwork(context, c, 'private');
    network.name = readInput(body, renameFields).Name;
    return c.json(viewNetwork(context.state, network));
  });

  app.delete('/network/:id', (c) => {
    deleteNetwork(context, findNetwork(context, c, 'private'), c.get('facts'));
    return c.body(null, 200, noContent);
  });
};

/** Puts a new network into the account; it is there when its task is done. */
export const createNetwork = (context: SandboxContext, network: StoredNetwork, request: RequestFacts): void => {
  context.state.networks.push(network);
  enqueueNetworkTask(context, {
    subject: { kind: 'network', id: network.id },
    work: { kind: 'network-create' },
    durationMs: context.delays.networkMs,
    request,
  });
};

/** Removes a network; refused while servers are in it or are on their way into it [inferred]. */
export const deleteNetwork = (context: SandboxContext, network: StoredNetwork, request: RequestFacts): void => {
  const { state } = context;
  const isLinked = state.servers.some((server) => server.links.some((link) => link.networkId === network.id));
  const isAwaited = state.tasks.some(
    ({ work }) => (work.kind === 'add-network' || work.kind === 'create') && work.networkId === network.id,
  );
  if (isLinked || isAwaited) throw new ApiError(400, 'The network has linked servers');
  const subject = { kind: 'network' as const, id: network.id };
  const { remains } = remainsOf(context, request);
  if (remains === undefined) state.networks = state.networks.filter((one) => one !== network);
  else Object.assign(network, { state: remains.state, isGone: true });
  state.tasks = state.tasks.filter((task) => task.subject.kind !== 'network' || task.subject.id !== network.id);
  if (remains?.ms !== undefined) state.tasks.push(vanishTask(takeId(state, 'task'), subject, context.clock.now(), remains.ms));
};
