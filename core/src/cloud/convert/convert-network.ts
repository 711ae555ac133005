import type { WireNetwork } from '#schemas/cloud/network.ts';
import type { ActualNetwork } from '#schemas/state/actual.ts';
import { toObjectState } from './object-state.ts';

/** A private network in our words. */
export const convertNetwork = (wire: WireNetwork): ActualNetwork => ({
  id: wire.ID,
  name: wire.Name ?? '',
  state: toObjectState(wire.State),
  rawState: wire.State,
  values: { dc: wire.DCLocation, dhcp: wire.IsDHCP },
  mask: wire.Mask,
  gateway: wire.Gateway,
  serverIds: wire.LinkedServers.flatMap((server) => (server.ServerID === undefined ? [] : [server.ServerID])).toSorted((a, b) => a - b),
});
