import { wireAction } from '#schemas/cloud/action.ts';
import type { ServerCreateBody, ServerResizeBody } from '#schemas/cloud/requests.ts';
import { wireServer, type WireServer } from '#schemas/cloud/server.ts';
import type { Hardware } from '#schemas/plan/create-step.ts';
import type { ActualServer, CloudTask } from '#schemas/state/actual.ts';
import type { Listing, ServerCreate } from '#core/ports/cloud-provider.ts';
import { changeObject, createObject, deleteObject, readById, readRows, type Api } from '../answers/call-api.ts';
import { convertServer } from '../convert/convert-server.ts';
import { convertTask } from '../convert/convert-task.ts';
import { toListing } from '../convert/to-listing.ts';

/** `/server`. Writes resolve when they are accepted; what they began goes on as a task. */
export interface ServersResource {
  list(signal: AbortSignal): Promise<Listing<ActualServer>>;
  get(id: number, signal: AbortSignal): Promise<ActualServer | undefined>;
  create(spec: ServerCreate, signal: AbortSignal): Promise<ActualServer>;
  /** Always sends all five fields. Undefined: accepted, but the answer names no task. */
  resize(id: number, to: Hardware, signal: AbortSignal): Promise<CloudTask | undefined>;
  /** False when the server was already gone. */
  delete(id: number, signal: AbortSignal): Promise<boolean>;
}

export const createServersResource = (api: Api): ServersResource => ({
  list: async (signal) => toListing('server', await readRows(api, '/server', wireServer, signal), (wire) => take(api, wire)),
  get: async (id, signal) => {
    const wire = await readById(api, '/server', id, wireServer, signal);
    return wire === undefined ? undefined : take(api, wire);
  },
  create: async (spec, signal) => take(api, await createObject(api, '/server', toCreateBody(spec), wireServer, signal)),
  resize: async (id, to, signal) => {
    const wire = await changeObject(api, { method: 'PUT', path: `/server/${id}`, body: toResizeBody(to), signal }, wireAction);
    return wire === undefined ? undefined : convertTask(wire);
  },
  delete: (id, signal) => deleteObject(api, `/server/${id}`, signal),
});

/** Tells the log what of a server is unusable, never the text itself. */
function take({ logger }: Api, wire: WireServer): ActualServer {
  const server = convertServer(wire);
  if (server.unusable)
    logger.warn('texts of a server that have not the form of such a thing were left out', { id: server.id, fields: server.unusable });
  return server;
}

/** Names as documented (API reference, section 3.4). */
const toCreateBody = (spec: ServerCreate): ServerCreateBody => ({
  Name: spec.name,
  CPU: spec.cpu,
  RAM: spec.ramMb,
  HDD: spec.diskGb,
  HDDType: spec.diskType,
  isHighPerformance: spec.pool === 'high',
  DCLocation: spec.dc,
  ImageID: String(spec.imageId),
  isBackupActive: spec.backupPeriod > 0,
  BackupPeriod: spec.backupPeriod,
  ...(spec.sshKeyIds.length === 0 ? {} : { SshKeys: [...spec.sshKeyIds] }),
});

const toResizeBody = (to: Hardware): ServerResizeBody => ({
  CPU: to.cpu,
  RAM: to.ramMb,
  HDD: to.diskGb,
  HDDType: to.diskType,
  IsHighPerformance: to.pool === 'high',
});
