import { wireDcLocations } from '#schemas/cloud/dc-location.ts';
import type { DataCentre } from '#schemas/state/actual.ts';
import { readJson, type Api } from '../answers/call-api.ts';
import { convertDataCentre } from '../convert/convert-catalog.ts';
import { sortById } from '../convert/sort-by-id.ts';

/** `/dcLocation`. */
export interface DataCentresResource {
  list(signal: AbortSignal): Promise<readonly DataCentre[]>;
}

export const createDataCentresResource = (api: Api): DataCentresResource => ({
  list: async (signal) => sortById((await readJson(api, '/dcLocation', wireDcLocations, signal)).map(convertDataCentre)),
});
