import type { CodeAction } from 'vscode-languageserver-types';
import { findLineStarts } from '#core/infra/parse/line-index.ts';

/** A text after an action was done, as an editor would: all places are those of the text before. */
export function applyEdits(text: string, { edit }: Pick<CodeAction, 'edit'>): string {
  const starts = findLineStarts(text);
  const toOffset = ({ line, character }: { line: number; character: number }): number => (starts[line] ?? text.length) + character;
  const edits = Object.values(edit?.changes ?? {}).flat();
  return edits
    .map(({ range, newText }, index) => ({ start: toOffset(range.start), end: toOffset(range.end), newText, index }))
    .sort((a, b) => b.start - a.start || b.index - a.index)
    .reduce((result, { start, end, newText }) => result.slice(0, start) + newText + result.slice(end), text);
}
