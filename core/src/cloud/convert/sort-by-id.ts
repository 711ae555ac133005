/** The provider lists in no stated order; everything of ours is in the order of ids. */
export const sortById = <Item extends { readonly id: number }>(items: readonly Item[]): Item[] => items.toSorted((a, b) => a.id - b.id);
