import type { Catalog, Image } from '#schemas/state/actual.ts';
import { lookUp, type Lookup } from './find-data-centre.ts';

/**
 * Finds an image by id, technical name or display name. Of several with one name those count first that the data
 * centre offers: an own image may have the name of one elsewhere.
 */
export function findImage(catalog: Catalog, name: string, dc: string | undefined): Lookup<Image> {
  const offered = dc === undefined ? catalog.images : catalog.images.filter((image) => isOffered(image, dc));
  const here = find(offered, name);
  return here.kind === 'unknown' ? find(catalog.images, name) : here;
}

/** Whether a data centre (technical name) offers an image. */
export const isOffered = (image: Image, dc: string): boolean => image.dc === undefined || image.dc === dc;

const find = (images: readonly Image[], name: string): Lookup<Image> =>
  lookUp(images, name, [({ id }) => String(id), ({ name: techName }) => techName, ({ displayName }) => displayName]);
