import type { Position, Range, SelectionRange } from 'vscode-languageserver-types';
import type { TextPosition } from '../document/chunk-list.ts';
import type { Chunk } from '../document/chunk.ts';
import type { InfraDocumentModel } from '../document/infra-document-model.ts';
import { findNode, outlineOf, toTextRange, type OutlineNode, type Token } from '../document/outline.ts';
import type { OpenDocument } from '../open-document.ts';

/** For each position what a growing selection takes in: word, value, field, entry, section, document. */
export const listSelectionRanges = ({ model }: OpenDocument, positions: readonly TextPosition[]): SelectionRange[] =>
  positions.map((position) => toChain([...listAround(model, position), wholeDocument(model)], position));

/** From the narrowest to the widest. */
function listAround(model: InfraDocumentModel, position: TextPosition): readonly Range[] {
  const chunk = model.chunkAt(position.line);
  if (!chunk) return [];
  const { roots, lineStarts } = outlineOf(chunk);
  const offset = Math.min((lineStarts[position.line - chunk.anchor.line] ?? chunk.text.length) + position.character, chunk.text.length);
  const spans: (readonly [number, number])[] = [];
  for (let node: OutlineNode | undefined = findNode(roots, offset); node; node = node.parent) {
    for (const token of [node.key, node.value]) if (token && token.start <= offset && offset <= token.end) spans.push(...listSpans(token));
    if (node.brackets && node.brackets.start <= offset && offset <= node.brackets.end) {
      spans.push([node.brackets.start + 1, node.brackets.end - (node.brackets.isClosed ? 1 : 0)], [node.brackets.start, node.brackets.end]);
    }
    spans.push([node.start, node.end]);
  }
  return [...spans.map(([start, end]) => toTextRange(chunk, lineStarts, start, end)), ...sectionAround(model, chunk)];
}

/** What is in the quotes, then with them. */
function listSpans({ start, end, quote }: Token): readonly (readonly [number, number])[] {
  return quote === '' || end - start < 2
    ? [[start, end]]
    : [
        [start + 1, end - 1],
        [start, end],
      ];
}

function sectionAround(model: InfraDocumentModel, chunk: Chunk): readonly Range[] {
  if (chunk.role !== 'entry') return [];
  let first = model.chunks.indexOf(chunk);
  let last = first;
  while (model.chunks[first]?.role === 'entry') first -= 1;
  while (model.chunks[last + 1]?.role === 'entry') last += 1;
  const [head, end] = [model.chunks[first] ?? chunk, model.chunks[last] ?? chunk];
  return [{ start: { line: head.anchor.line, character: 0 }, end: { line: end.anchor.line + end.lineCount, character: 0 } }];
}

function wholeDocument({ chunks }: InfraDocumentModel): Range {
  const last = chunks.at(-1);
  const start = { line: 0, character: 0 };
  if (!last) return { start, end: start };
  return { start, end: toTextRange(last, outlineOf(last).lineStarts, last.text.length, last.text.length).end };
}

/** Each range once, and only such as lie in the next. */
function toChain(ranges: readonly Range[], position: Position): SelectionRange {
  let chain: SelectionRange | undefined;
  for (const range of ranges.toReversed()) {
    const around: Range | undefined = chain?.range;
    if (!holds(range, { start: position, end: position })) continue;
    if (!around || (holds(around, range) && !holds(range, around))) chain = { range, ...(chain ? { parent: chain } : {}) };
  }
  return chain ?? { range: { start: position, end: position } };
}

const holds = (outer: Range, inner: Range): boolean => compare(outer.start, inner.start) <= 0 && compare(inner.end, outer.end) <= 0;

const compare = (a: Position, b: Position): number => a.line - b.line || a.character - b.character;
