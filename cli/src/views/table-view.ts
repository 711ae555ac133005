import { showHidden } from '#core/text/show-hidden.ts';
import type { Style } from '../terminal/style.ts';

/** A table as text: columns as wide as their widest cell, the head dimmed. Cells are texts without style; what is hidden in them is shown. */
export function renderTable(head: readonly string[], cells: readonly (readonly string[])[], style: Style): string {
  const rows = cells.map((row) => row.map(showHidden));
  const widths = head.map((title, column) => Math.max(countCells(title), ...rows.map((row) => countCells(row[column] ?? ''))));
  const toLine = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell + ' '.repeat(Math.max(0, (widths[column] ?? 0) - countCells(cell))))
      .join('  ')
      .trimEnd();
  return [style.dim(toLine(head)), ...rows.map(toLine)].map((line) => `${line}\n`).join('');
}

/** Width of a text in a terminal, near enough: one cell for each character as people see it. */
export const countCells = (text: string): number => [...new Intl.Segmenter().segment(text)].length;
