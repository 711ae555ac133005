import type { Catalog, DataCentre } from '#schemas/state/actual.ts';

/** What a name meant in the catalogue. Several things of one name are the user's to choose from. */
export type Lookup<Thing> =
  | { readonly kind: 'found'; readonly thing: Thing }
  | { readonly kind: 'ambiguous'; readonly things: readonly Thing[] }
  | { readonly kind: 'unknown' };

/** Finds a data centre by technical name, title or short title. An exact spelling goes before one in another case. */
export function findDataCentre(catalog: Catalog, name: string): Lookup<DataCentre> {
  return lookUp(catalog.dataCentres, name, [({ techTitle }) => techTitle, ({ title }) => title, ({ shortTitle }) => shortTitle]);
}

/**
 * Looks a name up by several properties, the most unique one first: whoever writes `SdnSpb` means the technical name,
 * even if some title is the same.
 */
export function lookUp<Thing>(
  things: readonly Thing[],
  name: string,
  properties: readonly ((thing: Thing) => string | undefined)[],
): Lookup<Thing> {
  for (const normalize of [exactly, ignoringCase]) {
    for (const property of properties) {
      const found = things.filter((thing) => normalize(property(thing) ?? '') === normalize(name));
      const [thing] = found;
      if (thing !== undefined) return found.length === 1 ? { kind: 'found', thing } : { kind: 'ambiguous', things: found };
    }
  }
  return { kind: 'unknown' };
}

const exactly = (name: string): string => name;
const ignoringCase = (name: string): string => name.trim().toLowerCase();
