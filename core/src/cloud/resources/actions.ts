import { wireAction, wireActions } from '#schemas/cloud/action.ts';
import type { ServerActionBody } from '#schemas/cloud/requests.ts';
import type { CloudTask } from '#schemas/state/actual.ts';
import { changeObject, readIfFound, readJson, type Api } from '../answers/call-api.ts';
import { convertTask } from '../convert/convert-task.ts';
import { sortById } from '../convert/sort-by-id.ts';

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
