import { FoldingRangeKind, type FoldingRange } from 'vscode-languageserver-types';
import { isSound, type Chunk } from '../document/chunk.ts';
import { outlineOf, toLocalPosition, type Outline, type OutlineNode } from '../document/outline.ts';
import type { OpenDocument } from '../open-document.ts';
import { extentOf } from './entry-extent.ts';

/** Lines of a chunk that can be folded, counted from its start. */
interface Fold {
  readonly start: number;
  readonly end: number;
  readonly isComment: boolean;
}

const known = new WeakMap<Chunk, readonly Fold[]>();

/**
 * What can be folded, whole lines only: sections, entries, what is nested in them, brackets and texts over several lines,
 * and comments that stand together. The line with a closing bracket stays in sight.
 */
export function listFoldingRanges({ model }: OpenDocument): FoldingRange[] {
  const ranges: FoldingRange[] = [];
  let open: FoldingRange | undefined;
  for (const chunk of model.chunks) {
    const { line } = chunk.anchor;
    if (chunk.role !== 'entry') open = undefined;
    if (chunk.role === 'head') {
      // Entered first, for the order; it grows with the entries.
      open = { startLine: line, endLine: line };
      ranges.push(open);
    } else if (open) open.endLine = line + extentOf(chunk).endLine;
    for (const { start, end, isComment } of foldsIn(chunk)) {
      ranges.push({ startLine: line + start, endLine: line + end, ...(isComment ? { kind: FoldingRangeKind.Comment } : {}) });
    }
  }
  return ranges.filter(({ startLine, endLine }) => endLine > startLine);
}

function foldsIn(chunk: Chunk): readonly Fold[] {
  const folds = known.get(chunk) ?? findFolds(chunk);
  known.set(chunk, folds);
  return folds;
}

function findFolds(chunk: Chunk): readonly Fold[] {
  if (chunk.role === 'entry' && isSound(chunk) && isFlat(chunk.text)) {
    const end = extentOf(chunk).endLine;
    return end > 0 ? [{ start: 0, end, isComment: false }] : [];
  }
  const outline = outlineOf(chunk);
  const folds = listComments(outline.commentLines);
  const ends = new Map<number, number>();
  const visit = (node: OutlineNode): void => {
    const start = toLocalPosition(outline.lineStarts, node.start).line;
    const end = lastLine(chunk.text, outline, node);
    // The same line may open an item and its first key: the wider of the two is meant.
    if (end > start) ends.set(start, Math.max(ends.get(start) ?? 0, end));
    for (const child of node.children) visit(child);
  };
  for (const root of outline.roots) visit(root);
  for (const [start, end] of ends) folds.push({ start, end, isComment: false });
  return folds.sort((a, b) => a.start - b.start || b.end - a.end);
}

/** Last line to be hidden: the one above a closing bracket that begins its line. */
function lastLine(text: string, { lineStarts }: Outline, { end, brackets }: OutlineNode): number {
  const { line } = toLocalPosition(lineStarts, end);
  if (brackets?.isClosed !== true || brackets.end !== end) return line;
  return text.slice(lineStarts[line], end - 1).trim() === '' ? line - 1 : line;
}

function listComments(lines: readonly number[]): Fold[] {
  const folds: Fold[] = [];
  let start = -1;
  for (const [index, line] of lines.entries()) {
    if (start < 0 || lines[index - 1] !== line - 1) start = line;
    if (lines[index + 1] !== line + 1 && line > start) folds.push({ start, end: line, isComment: true });
  }
  return folds;
}

/** Whether an entry is its name and lines of one column without brackets that stay open: most are, and need no closer look. */
function isFlat(text: string): boolean {
  let column = -1;
  for (let lineBreak = text.indexOf('\n'); lineBreak >= 0 && lineBreak + 1 < text.length; lineBreak = text.indexOf('\n', lineBreak + 1)) {
    let at = lineBreak + 1;
    while (text.charCodeAt(at) === 32) at += 1;
    const code = text.charCodeAt(at);
    // Comments, list items, brackets and quotes; blank lines; tabs.
    if (code < 48 || code === 91 || code === 93 || code === 123 || code === 125 || Number.isNaN(code)) return false;
    if (column >= 0 && at - lineBreak !== column) return false;
    column = at - lineBreak;
  }
  return !text.includes('\r') && !/[|>[{][^\n]*$/m.test(text.replaceAll(/\[[^[\]{}\n]*\]|\{[^{}\n]*\}/g, ''));
}
