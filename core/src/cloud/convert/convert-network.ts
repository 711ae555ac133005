import type { WireNetwork } from '#schemas/cloud/network.ts';
import type { ActualNetwork } from '#schemas/state/actual.ts';
import { toIp, toWord, toWordIfAny } from '../texts/check-text.ts';
import { toObjectState } from './object-state.ts';

/** A private network in our words. */
export const convertNetwork = (wire: WireNetwork): ActualNetwork => ({
  id: wire.ID,
  name: toWord(wire.Name ?? ''),
  state: toObjectState(wire.State),
  rawState: toWord(wire.State),
  values: { dc: toWordIfAny(wire.DCLocation), dhcp: wire.IsDHCP },
  mask: toIp(wire.Mask),
  gateway: toIp(wire.Gateway),
  serverIds: wire.LinkedServers.flatMap((server) => (server.ServerID === undefined ? [] : [server.ServerID])).toSorted((a, b) => a - b),
});
