import type { WireNetworkLink, WireServer } from '#schemas/cloud/server.ts';
import type { ActualServer } from '#schemas/state/actual.ts';
import { toObjectState } from './object-state.ts';

/**
 * A server in our words. Every field is picked by name, so `AdminPassword`, which each answer carries in clear text, ends
 * here with the wire object. Whoever needs it for a first SSH contact must read it in its own call (a `readFirstPassword`
 * beside the resource's `get`) and hand it on without storing it; it must never become a field of `ActualServer`.
 */
export function convertServer(wire: WireServer): ActualServer {
  return {
    id: wire.ID,
    name: wire.Name,
    state: toObjectState(wire.State),
    rawState: wire.State,
    isPowerOn: wire.IsPowerOn ?? false,
    cpu: wire.CPU,
    ramMb: wire.RAM,
    diskGb: wire.HDD,
    diskType: wire.HDDType,
    pool: wire.IsHighPerformance === undefined ? undefined : wire.IsHighPerformance ? 'high' : 'base',
    dc: wire.DCLocation,
    image: wire.Image,
    imageFamily: wire.ImageFamily,
    ip: wire.IP ?? wire.PrimaryNetworkIp,
    adminUser: wire.AdminUserName,
    links: wire.LinkedNetworks.flatMap(convertLink),
    createdAt: wire.DateCreate,
  };
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
      ip: wire.IP,
      mac: wire.MAC,
    },
  ];
}
