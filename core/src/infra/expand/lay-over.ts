import { type EffectiveValues, type ExpandedEntry, type InheritedField, inheritedFields, type ValueOrigin } from './expanded-infra.ts';

/** One place that gives values: an entry, a size, `defaults`, or what is built in. */
export type Layer = Readonly<Partial<Record<InheritedField, unknown>>>;

export type Origins = ExpandedEntry['origins'];

/** Values with the layer each comes from. */
export interface Layered {
  readonly values: EffectiveValues;
  readonly origins: Origins;
}

/** Mappings that are merged with those of the weaker layers, key by key. Everything else replaces what is below. */
const merged: ReadonlySet<InheritedField> = new Set(['vars', 'monitoring']);

/** Fields that a layer gives, in their own order. */
export const listGiven = (layer: Layer): readonly InheritedField[] => inheritedFields.filter((field) => layer[field] !== undefined);

/** What holds once a stronger layer is laid over the weaker ones. */
export function layOver({ values, origins }: Layered, origin: ValueOrigin, layer: Layer): Layered {
  const given = listGiven(layer);
  return { values: layValues(values, layer, given), origins: layOrigins(origins, origin, given) };
}

/** The values of {@link layOver}; `given` are the fields that the layer gives. */
export function layValues(below: EffectiveValues, layer: Layer, given: readonly InheritedField[]): EffectiveValues {
  const values: Record<string, unknown> = { ...below };
  for (const field of given)
    values[field] = merged.has(field) ? { ...(below[field] as object), ...(layer[field] as object) } : layer[field];
  return values;
}

/** The origins of {@link layOver}. */
export const layOrigins = (below: Origins, origin: ValueOrigin, given: readonly InheritedField[]): Origins => ({
  ...below,
  ...Object.fromEntries(given.map((field) => [field, origin])),
});
