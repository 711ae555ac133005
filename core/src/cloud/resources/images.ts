import { wireImages } from '#schemas/cloud/image.ts';
import type { Image } from '#schemas/state/actual.ts';
import { readJson, type Api } from '../answers/call-api.ts';
import { convertImage } from '../convert/convert-catalog.ts';
import { sortById } from '../convert/sort-by-id.ts';

/** `/image`: what a server can be made from. Ids change over time; names are looked up at run time. */
export interface ImagesResource {
  list(signal: AbortSignal): Promise<readonly Image[]>;
}

export const createImagesResource = (api: Api): ImagesResource => ({
  list: async (signal) => sortById((await readJson(api, '/image', wireImages, signal)).map(convertImage)),
});
