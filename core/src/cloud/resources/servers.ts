import type { Listing, ServerCreate } from '#core/ports/cloud-provider.ts';
import { wireAction } from '#schemas/cloud/action.ts';
import type { ServerCreateBody, ServerResizeBody } from '#schemas/cloud/requests.ts';
import { type WireNetworkLink, wireServer, type WireServer } from '#schemas/cloud/server.ts';
import type { Hardware } from '#schemas/plan/create-step.ts';
import type { ActualServer, CloudTask, UnusableField } from '#schemas/state/actual.ts';
import { type Api, changeObject, createObject, deleteObject, readById, readRows } from '../answers/call-api.ts';
import { isWord, toIp, toMac, toUserName, toWord, toWordIfAny } from '../texts/check-text.ts';
import { convertTask } from './actions.ts';
import { toListing } from './listing.ts';
import { toObjectState } from './object-state.ts';

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

/**
 * A server in our words. Every field is picked by name, so `AdminPassword`, which each answer carries in clear text, ends
 * here with the wire object. Whoever needs it for a first SSH contact must read it in its own call (a `readFirstPassword`
 * beside the resource's `get`) and hand it on without storing it; it must never become a field of `ActualServer`. What has not the form
 * of an address or user name is left out and listed in `unusable`.
 */
export function convertServer(wire: WireServer): ActualServer {
  const unusable = findUnusable(wire);
  return {
    id: wire.ID,
    name: toWord(wire.Name),
    state: toObjectState(wire.State),
    rawState: toWord(wire.State),
    isPowerOn: wire.IsPowerOn ?? false,
    cpu: wire.CPU,
    ramMb: wire.RAM,
    diskGb: wire.HDD,
    diskType: toWordIfAny(wire.HDDType),
    pool: wire.IsHighPerformance === undefined ? undefined : wire.IsHighPerformance ? 'high' : 'base',
    dc: toWordIfAny(wire.DCLocation),
    image: toWordIfAny(wire.Image),
    imageFamily: toWordIfAny(wire.ImageFamily),
    ip: toIp(wire.IP) ?? toIp(wire.PrimaryNetworkIp),
    adminUser: toUserName(wire.AdminUserName),
    links: wire.LinkedNetworks.flatMap(convertLink),
    createdAt: toWordIfAny(wire.DateCreate),
    ...(unusable.length > 0 ? { unusable } : {}),
  };
}

function findUnusable({ Name, IP, PrimaryNetworkIp, AdminUserName }: WireServer): UnusableField[] {
  const hasBadIp = [IP, PrimaryNetworkIp].some((ip) => ip !== undefined && toIp(ip) === undefined);
  const hasBadUser = AdminUserName !== undefined && AdminUserName !== '' && toUserName(AdminUserName) === undefined;
  return [...(isWord(Name) ? [] : ['name' as const]), ...(hasBadIp ? ['ip' as const] : []), ...(hasBadUser ? ['adminUser' as const] : [])];
}

/** A link without a network's id says nothing; one without its own id is kept with 0, which no call of ours uses. */
function convertLink(wire: WireNetworkLink): ActualServer['links'] {
  if (wire.NetworkID === undefined) return [];
  return [
    {
      linkId: wire.LinkID ?? 0,
      networkId: wire.NetworkID,
      isPrivate: /^private/i.test(wire.NetworkType ?? ''),
      isActive: /^active$/i.test(wire.LinkState ?? ''),
      ip: toIp(wire.IP),
      mac: toMac(wire.MAC),
    },
  ];
}
