import * as z from 'zod';
import { storedNetwork } from '../store/state-schema.ts';
import type { SandboxContext } from '../context/sandbox-context.ts';
import { changeServer, order } from './change-server.ts';
import { createKeyInPanel, createNetworkInPanel, createServerInPanel } from './create-object.ts';
import { findSubject, type Subject } from './find-object.ts';
import { type PanelAnswer, type PanelInput, type PanelRequest, panelRequest } from './panel-request.ts';
import { readValues, textSwitch } from './read-values.ts';

/**
 * Does what a person does in the provider's panel: no request of the API is counted, and no fault strikes. Orders to a host are queued
 * and have to be settled afterwards. Throws `SandboxProblem` `bad-panel`; then nothing has changed.
 */
export const actInPanel = (context: SandboxContext, input: PanelInput): PanelAnswer => {
  const request = panelRequest.parse(input);
  if (request.do === 'create') return create(context, request);
  const subject = findSubject(context.state, request.kind, request.target);
  switch (request.do) {
    case 'change':
      change(context, subject, request.values);
      break;
    case 'rename':
      if (subject.kind === 'key') subject.object.title = request.name;
      else subject.object.name = request.name;
      break;
    case 'delete':
      remove(context, subject);
      break;
    default: {
      const unknown: never = request;
      throw new Error(`Unknown order ${JSON.stringify(unknown)}`);
    }
  }
  return describe(subject);
};

function create(context: SandboxContext, { kind, name, values }: Extract<PanelRequest, { do: 'create' }>): PanelAnswer {
  switch (kind) {
    case 'server':
      return describe({ kind, object: createServerInPanel(context, name, values) });
    case 'network':
      return describe({ kind, object: createNetworkInPanel(context, name, values) });
    case 'key':
      return describe({ kind, object: createKeyInPanel(context, name, values) });
    default: {
      const unknown: never = kind;
      throw new Error(`Unknown kind ${String(unknown)}`);
    }
  }
}

function change(context: SandboxContext, subject: Subject, values: Readonly<Record<string, string>>): void {
  switch (subject.kind) {
    case 'server':
      changeServer(context, subject.object, values);
      return;
    case 'network': {
      const wanted = readValues(values, {
        name: z.string().min(1).optional(),
        state: storedNetwork.shape.state.optional(),
        dhcp: textSwitch.optional(),
        dc: z.string().min(1).optional(),
      });
      Object.assign(subject.object, withoutUndefined(wanted));
      return;
    }
    case 'key': {
      const { name, public_key: publicKey } = readValues(values, {
        name: z.string().min(1).optional(),
        public_key: z.string().min(1).optional(),
      });
      Object.assign(subject.object, withoutUndefined({ title: name, publicKey }));
      return;
    }
    default: {
      const unknown: never = subject;
      throw new Error(`Unknown subject ${JSON.stringify(unknown)}`);
    }
  }
}

/** Servers go with their host and their tasks; a network leaves its servers as well, which the API would refuse. */
function remove(context: SandboxContext, subject: Subject): void {
  const { state } = context;
  switch (subject.kind) {
    case 'server':
      state.tasks = state.tasks.filter((task) => task.subject.kind !== 'server' || task.subject.id !== subject.object.id);
      order(context, subject.object, { kind: 'delete' }, 'Delete');
      return;
    case 'network':
      for (const server of state.servers) server.links = server.links.filter(({ networkId }) => networkId !== subject.object.id);
      state.networks = state.networks.filter((one) => one !== subject.object);
      state.tasks = state.tasks.filter((task) => task.subject.kind !== 'network' || task.subject.id !== subject.object.id);
      return;
    case 'key':
      state.keys = state.keys.filter((one) => one !== subject.object);
      return;
    default: {
      const unknown: never = subject;
      throw new Error(`Unknown subject ${JSON.stringify(unknown)}`);
    }
  }
}

function describe({ kind, object }: Subject): PanelAnswer {
  return { kind, id: object.id, name: kind === 'key' ? object.title : object.name };
}

function withoutUndefined(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
