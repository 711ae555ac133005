import type { Row } from '../../views/row-tree.ts';

/** Whether the editor gave a row of one of our trees. */
export const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && 'id' in value && typeof value.id === 'string';

/**
 * Rows that a command is about: all selected ones when the row it was called on is among them, else that row alone. Without
 * a row, as from the palette or a key, the selected ones.
 */
export function selectRows(argument: unknown, selection: unknown): readonly Row[] {
  const selected = Array.isArray(selection) ? selection.filter(isRow) : [];
  if (!isRow(argument)) return selected;
  return selected.some(({ id }) => id === argument.id) ? selected : [argument];
}
