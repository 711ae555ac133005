import type { WireNetworkLink, WireServer } from '#schemas/cloud/server.ts';
import type { ActualServer, UnusableField } from '#schemas/state/actual.ts';
import { isWord, toIp, toMac, toUserName, toWord, toWordIfAny } from '../texts/check-text.ts';
import { toObjectState } from './object-state.ts';

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
