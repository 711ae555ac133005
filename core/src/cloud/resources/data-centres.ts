import { type WireDcLocation, wireDcLocations } from '#schemas/cloud/dc-location.ts';
import type { DataCentre } from '#schemas/state/actual.ts';
import { type Api, readJson } from '../answers/call-api.ts';
import { toWord, toWordIfAny } from '../texts/check-text.ts';
import { sortById } from './listing.ts';

/** `/dcLocation`. */
export interface DataCentresResource {
  list(signal: AbortSignal): Promise<readonly DataCentre[]>;
}

export const createDataCentresResource = (api: Api): DataCentresResource => ({
  list: async (signal) => sortById((await readJson(api, '/dcLocation', wireDcLocations, signal)).map(convertDataCentre)),
});

/** A data centre in our words. Its id is used by no call; a missing one is 0. */
export const convertDataCentre = (wire: WireDcLocation): DataCentre => ({
  id: wire.ID ?? 0,
  title: toWord(wire.Title ?? wire.TechTitle),
  techTitle: toWord(wire.TechTitle),
  shortTitle: toWordIfAny(wire.ShortTitle),
  city: toWordIfAny(wire.City),
  hasBasePool: wire.IsEnableLowPool ?? false,
  hasHighPool: wire.IsEnableHighPool ?? false,
  hasBackup: wire.IsEnableBackup,
});
