import { findLineStarts } from '#core/infra/parse/line-index.ts';
import type { TextRange } from '../document/infra-document-model.ts';
import type { TextPosition } from '../document/chunk-list.ts';

/** A text with `«»` around ranges of it. */
export function markRanges(text: string, ranges: readonly TextRange[]): string {
  const marks = ranges.flatMap(({ start, end }, index) => {
    const [from, to] = [toOffset(text, start), toOffset(text, end)];
    if (from === to) return [{ at: from, mark: '«»', order: 0 }];
    return [
      { at: from, mark: '«', order: index },
      { at: to, mark: '»', order: -index },
    ];
  });
  // At one place what ends comes before what begins.
  marks.sort((a, b) => b.at - a.at || (a.mark === b.mark ? b.order - a.order : a.mark === '«' ? -1 : 1));
  return marks.reduce((marked, { at, mark }) => marked.slice(0, at) + mark + marked.slice(at), text);
}

/** Puts new texts in the place of ranges that do not overlap. */
export function applyEdits(text: string, edits: readonly { readonly range: TextRange; readonly newText: string }[]): string {
  return [...edits]
    .map(({ range, newText }) => ({ start: toOffset(text, range.start), end: toOffset(text, range.end), newText }))
    .sort((a, b) => b.start - a.start || b.end - a.end)
    .reduce((edited, { start, end, newText }) => edited.slice(0, start) + newText + edited.slice(end), text);
}

function toOffset(text: string, { line, character }: TextPosition): number {
  const starts = findLineStarts(text);
  return (starts[line] ?? text.length) + character;
}
