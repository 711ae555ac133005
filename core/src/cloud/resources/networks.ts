import type { Listing } from '#core/ports/cloud-provider.ts';
import { wireNetwork, type WireNetwork } from '#schemas/cloud/network.ts';
import type { NetworkCreateBody } from '#schemas/cloud/requests.ts';
import type { ActualNetwork } from '#schemas/state/actual.ts';
import { type Api, createObject, deleteObject, readById, readRows } from '../answers/call-api.ts';
import { toIp, toWord, toWordIfAny } from '../texts/check-text.ts';
import { toListing } from './listing.ts';
import { toObjectState } from './object-state.ts';

/** `/network`: private networks. Writes resolve when they are accepted. */
export interface NetworksResource {
  list(signal: AbortSignal): Promise<Listing<ActualNetwork>>;
  get(id: number, signal: AbortSignal): Promise<ActualNetwork | undefined>;
  create(spec: { name: string; dc: string; dhcp: boolean }, signal: AbortSignal): Promise<ActualNetwork>;
  /** False when the network was already gone. */
  delete(id: number, signal: AbortSignal): Promise<boolean>;
}

export const createNetworksResource = (api: Api): NetworksResource => ({
  list: async (signal) => toListing('network', await readRows(api, '/network', wireNetwork, signal), convertNetwork),
  get: async (id, signal) => {
    const wire = await readById(api, '/network', id, wireNetwork, signal);
    return wire === undefined ? undefined : convertNetwork(wire);
  },
  create: async (spec, signal) => {
    const body: NetworkCreateBody = { Name: spec.name, DCLocation: spec.dc, IsDHCP: spec.dhcp };
    return convertNetwork(await createObject(api, '/network', body, wireNetwork, signal));
  },
  delete: (id, signal) => deleteObject(api, `/network/${id}`, signal),
});

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
