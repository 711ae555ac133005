import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import type { SourceRange } from '#schemas/plan/plan.ts';

/** The moving start of a chunk: its first line in the document. Shared by everything that points into the chunk. */
export interface Anchor {
  line: number;
}

const ANCHOR: unique symbol = Symbol('anchor');

/** A range whose lines count from an anchor. The mark is a symbol, so that two ranges still compare as JSON. */
interface LocalRange extends SourceRange {
  readonly [ANCHOR]: Anchor;
}

/** Ties a range to an anchor: its lines count from there, less `skippedLines` that only the parser saw. */
export function toLocal(range: SourceRange, anchor: Anchor, skippedLines: number): SourceRange {
  const { file, start, end } = range;
  const local: LocalRange = {
    file,
    start: { line: start.line - skippedLines, character: start.character },
    end: { line: end.line - skippedLines, character: end.character },
    [ANCHOR]: anchor,
  };
  return local;
}

/** The range as it stands in the document now. A range without an anchor is absolute already. */
export function toAbsolute(range: SourceRange): SourceRange {
  if (!isLocal(range)) return range;
  const { line } = range[ANCHOR];
  const { file, start, end } = range;
  return {
    file,
    start: { line: start.line + line, character: start.character },
    end: { line: end.line + line, character: end.character },
  };
}

const isLocal = (range: SourceRange): range is LocalRange => ANCHOR in range;

/** A diagnostic with every range in it changed. */
export const mapRanges = (diagnostic: Diagnostic, change: (range: SourceRange) => SourceRange): Diagnostic => ({
  ...diagnostic,
  ...(diagnostic.source ? { source: change(diagnostic.source) } : {}),
  related: diagnostic.related.map(({ source, text }) => ({ source: change(source), text })),
  fixes: diagnostic.fixes.map(({ title, edits }) => ({
    title,
    edits: edits.map(({ source, newText }) => ({ source: change(source), newText })),
  })),
});
