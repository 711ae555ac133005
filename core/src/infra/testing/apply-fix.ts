import type { Fix } from '#core/diagnostics/diagnostic.ts';
import type { SourceRange } from '#schemas/plan/plan.ts';
import { findLineStarts } from '../parse/line-index.ts';

/** Applies a fix to the one text it is about, as an editor would: all places are those of the text before. */
export function applyFix(text: string, fix: Fix): string {
  const starts = findLineStarts(text);
  const toOffset = ({ line, character }: SourceRange['start']): number => (starts[line] ?? text.length) + character;
  return [...fix.edits]
    .sort((a, b) => toOffset(b.source.start) - toOffset(a.source.start))
    .reduce((result, { source, newText }) => result.slice(0, toOffset(source.start)) + newText + result.slice(toOffset(source.end)), text);
}
