import { type WireImage, wireImages } from '#schemas/cloud/image.ts';
import type { Image } from '#schemas/state/actual.ts';
import { type Api, readJson } from '../answers/call-api.ts';
import { toWord, toWordIfAny } from '../texts/check-text.ts';
import { sortById } from './listing.ts';

/** `/image`: what a server can be made from. Ids change over time; names are looked up at run time. */
export interface ImagesResource {
  list(signal: AbortSignal): Promise<readonly Image[]>;
}

export const createImagesResource = (api: Api): ImagesResource => ({
  list: async (signal) => sortById((await readJson(api, '/image', wireImages, signal)).map(convertImage)),
});

/** An image in our words. An empty data centre means everywhere. */
export const convertImage = (wire: WireImage): Image => ({
  id: wire.ID,
  name: toWord(wire.Name),
  displayName: toWord(wire.DisplayName ?? wire.Name),
  family: toWordIfAny(wire.Family),
  dc: wire.DCLocation?.trim() === '' ? undefined : toWordIfAny(wire.DCLocation),
  minDiskGb: wire.Hdd,
});
