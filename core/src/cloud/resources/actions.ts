import { readActionState, wireAction, type WireAction, wireActions } from '#schemas/cloud/action.ts';
import type { ServerActionBody } from '#schemas/cloud/requests.ts';
import type { CloudTask } from '#schemas/state/actual.ts';
import { type Api, changeObject, readIfFound, readJson } from '../answers/call-api.ts';
import { sortById } from './listing.ts';

/** `/server/{id}/action`: the tasks of one server. */
export interface ActionsResource {
  /** Newest first. */
  list(serverId: number, signal: AbortSignal): Promise<readonly CloudTask[]>;
  get(serverId: number, taskId: number, signal: AbortSignal): Promise<CloudTask | undefined>;
  /** Undefined: accepted, but the answer names no task. */
  create(serverId: number, body: ServerActionBody, signal: AbortSignal): Promise<CloudTask | undefined>;
}

export const createActionsResource = (api: Api): ActionsResource => ({
  list: async (serverId, signal) => {
    const wire = await readJson(api, `/server/${serverId}/action`, wireActions, signal);
    return sortById(wire.map(convertTask)).toReversed();
  },
  get: async (serverId, taskId, signal) => {
    const wire = await readIfFound(api, `/server/${serverId}/action/${taskId}`, wireAction, signal);
    return wire === undefined ? undefined : convertTask(wire);
  },
  create: async (serverId, body, signal) => {
    const wire = await changeObject(api, { method: 'POST', path: `/server/${serverId}/action`, body, signal }, wireAction);
    return wire === undefined ? undefined : convertTask(wire);
  },
});

/** A task in our words. A state we do not know counts as running: the caller's patience ends it (API reference, section 16). */
export const convertTask = (wire: WireAction): CloudTask => ({
  id: wire.ID,
  type: wire.Type ?? '',
  state: toTaskState(wire.State),
  rawState: wire.State,
});

function toTaskState(rawState: string): CloudTask['state'] {
  const outcome = readActionState(rawState);
  switch (outcome) {
    case 'done':
      return 'completed';
    case 'failed':
      return 'failed';
    case 'running':
      return /^postponed$/i.test(rawState.trim()) ? 'postponed' : 'running';
    default:
      return outcome satisfies never;
  }
}
