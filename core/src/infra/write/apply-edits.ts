import type { FileEdit } from '#schemas/plan/panel-file.ts';
import { findLineStarts } from '../parse/line-index.ts';

/** A text with edits made. They do not overlap; several at one place keep their order. */
export function applyEdits(text: string, edits: readonly Pick<FileEdit, 'start' | 'end' | 'newText'>[]): string {
  const starts = findLineStarts(text);
  const toOffset = ({ line, character }: FileEdit['start']): number => Math.min(text.length, (starts[line] ?? text.length) + character);
  const spans = edits.map(({ start, end, newText }) => ({ from: toOffset(start), to: toOffset(end), newText }));
  let [result, at] = ['', 0];
  for (const { from, to, newText } of spans.sort((left, right) => left.from - right.from)) {
    result += text.slice(at, from) + newText;
    at = to;
  }
  return result + text.slice(at);
}
