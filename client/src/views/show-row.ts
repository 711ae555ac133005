import { MarkdownString, type TreeItem } from 'vscode';
import { showHidden, showHiddenInLines } from '#core/text/show-hidden.ts';

/** Makes what is hidden in the texts of a row visible: names and values in them may be anybody's. Gives the same row. */
export function showRow(item: TreeItem): TreeItem {
  if (typeof item.label === 'string') item.label = showHidden(item.label);
  if (typeof item.description === 'string') item.description = showHidden(item.description);
  if (typeof item.tooltip === 'string') item.tooltip = showHiddenInLines(item.tooltip);
  else if (item.tooltip instanceof MarkdownString) item.tooltip.value = showHiddenInLines(item.tooltip.value);
  const { accessibilityInformation: spoken } = item;
  if (spoken) item.accessibilityInformation = { ...spoken, label: showHidden(spoken.label) };
  return item;
}
