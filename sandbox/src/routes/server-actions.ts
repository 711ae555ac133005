import { invalidRequest, notFound } from '../errors/api-error.ts';
import { inputInt, inputText, maybe, readInput } from '../http/lenient-input.ts';
import type { SandboxApp } from '../http/sandbox-app.ts';
import type { StoredServer, TaskWork } from '../store/state-schema.ts';
import { enqueueServerTask } from '../tasks/enqueue-task.ts';
import { viewAction } from '../views/server-view.ts';
import type { SandboxContext } from '../context/sandbox-context.ts';
import { findServer, readId, readRequestBody } from './find-object.ts';
import { requireUsable, subjectOf } from './servers.ts';

/** The name of the bandwidth value was never seen: both likely ones are taken. */
const fields = {
  Type: inputText,
  NetworkID: maybe(inputInt),
  NetworkLinkID: maybe(inputInt),
  NetworkBandwidth: maybe(inputInt),
  Bandwidth: maybe(inputInt),
};

const types = [
  'PowerOn',
  'PowerOff',
  'PowerReboot',
  'ShutDownGuestOS',
  'RebootGuestOS',
  'AddNetwork',
  'RemoveNetwork',
  'EditNetworkBandwidth',
] as const;
type ActionType = (typeof types)[number];

/** `/server/{id}/action` and one action. The list is newest first: clients take its first element as the action just started. */
export const addServerActionRoutes = (app: SandboxApp, context: SandboxContext): void => {
  app.get('/server/:id/action', (c) => {
    const server = findServer(context, c);
    return c.json(context.state.actions.filter((action) => action.serverId === server.id).map(viewAction));
  });

  app.get('/server/:id/action/:action', (c) => {
    const server = findServer(context, c);
    const id = readId(c, 'action');
    const action = context.state.actions.find((one) => one.id === id && one.serverId === server.id);
    if (action === undefined) throw notFound('Action');
    return c.json(viewAction(action));
  });

  app.post('/server/:id/action', async (c) => {
    const body = await readRequestBody(c);
    const server = findServer(context, c);
    requireUsable(server);
    const input = readInput(body, fields);
    const type = types.find((one) => one.toLowerCase() === input.Type.toLowerCase());
    if (type === undefined) throw invalidRequest({ Type: [`The value "${input.Type}" is not valid for Type.`] });
    const work = workOf(context, server, type, input);
    const isNetwork = work.kind === 'add-network' || work.kind === 'remove-network' || work.kind === 'bandwidth';
    const durationMs = isNetwork ? context.delays.networkMs : context.delays.powerMs;
    return c.json(viewAction(enqueueServerTask(context, { subject: subjectOf(server), work, durationMs, request: c.get('facts') }, type)));
  });
};

interface ActionInput {
  readonly NetworkID?: number | undefined;
  readonly NetworkLinkID?: number | undefined;
  readonly NetworkBandwidth?: number | undefined;
  readonly Bandwidth?: number | undefined;
}

function workOf(context: SandboxContext, server: StoredServer, type: ActionType, input: ActionInput): TaskWork {
  switch (type) {
    case 'PowerOn':
      return { kind: 'power', on: true };
    case 'PowerOff':
    case 'ShutDownGuestOS':
      return { kind: 'power', on: false };
    case 'PowerReboot':
    case 'RebootGuestOS':
      return { kind: 'reboot' };
    case 'AddNetwork': {
      const network = context.state.networks.find((one) => one.id === requireField('NetworkID', input.NetworkID));
      if (network === undefined) throw invalidRequest({ NetworkID: ['The network was not found.'] });
      if (network.dc !== server.dc) throw invalidRequest({ NetworkID: ['The network is in another data center.'] });
      if (isLinked(server, network.id)) throw invalidRequest({ NetworkID: ['The server is already in this network.'] });
      return { kind: 'add-network', networkId: network.id };
    }
    case 'RemoveNetwork': {
      const networkId = requireField('NetworkID', input.NetworkID);
      if (!isLinked(server, networkId)) throw invalidRequest({ NetworkID: ['The server is not in this network.'] });
      return { kind: 'remove-network', networkId };
    }
    case 'EditNetworkBandwidth': {
      const linkId = requireField('NetworkLinkID', input.NetworkLinkID);
      const bandwidth = requireField('NetworkBandwidth', input.NetworkBandwidth ?? input.Bandwidth);
      if (!server.links.some((link) => link.id === linkId)) throw invalidRequest({ NetworkLinkID: ['The link was not found.'] });
      return { kind: 'bandwidth', linkId, bandwidth };
    }
    default: {
      const unknown: never = type;
      throw new Error(`Unknown action ${String(unknown)}`);
    }
  }
}

function requireField(name: string, value: number | undefined): number {
  if (value === undefined) throw invalidRequest({ [name]: [`The ${name} field is required.`] });
  return value;
}

function isLinked(server: StoredServer, networkId: number): boolean {
  return server.links.some((link) => link.networkId === networkId && link.type !== 'PublicShared');
}
