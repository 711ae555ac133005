import type { Listing } from '#core/ports/cloud-provider.ts';
import type { ResourceKind } from '#schemas/infra/names.ts';
import type { Rows } from '../answers/call-api.ts';

/** A list in our words, in the order of ids. An object that the provider lists twice is one object; the later row wins. */
export function toListing<Wire, Item extends { readonly id: number }>(
  kind: ResourceKind,
  { rows, unreadable }: Rows<Wire>,
  convert: (wire: Wire) => Item,
): Listing<Item> {
  const byId = new Map(rows.map((row) => convert(row)).map((item) => [item.id, item]));
  return { items: sortById([...byId.values()]), unreadable: unreadable.map((row) => ({ kind, ...row })) };
}

/** The provider lists in no stated order; everything of ours is in the order of ids. */
export const sortById = <Item extends { readonly id: number }>(items: readonly Item[]): Item[] => items.toSorted((a, b) => a.id - b.id);
