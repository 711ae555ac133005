import { findLineStarts } from '#core/infra/parse/line-index.ts';
import type { Chunk } from './chunk.ts';
import type { TextPosition } from './chunk-list.ts';
import type { TextRange } from './infra-document-model.ts';
import { scanOutline } from './scan-outline.ts';

/** A scalar as it stands in a text. Offsets count from the start of the chunk and include the quotes. */
export interface Token {
  readonly start: number;
  readonly end: number;
  /** Without quotes and escapes. */
  readonly text: string;
  readonly quote: '' | '"' | "'";
}

/** A bracketed collection. Without a closing bracket it ends where its lines do. */
export interface Brackets {
  readonly start: number;
  end: number;
  isClosed: boolean;
}

/**
 * Something in a text: `pair` has a key, `item` stands in a list, `text` is what is neither, such as a half-typed key or
 * a collection in brackets without a key.
 */
export interface OutlineNode {
  readonly kind: 'pair' | 'item' | 'text';
  readonly parent: OutlineNode | undefined;
  /** Of a pair. */
  readonly key: Token | undefined;
  /** Place among the items of its list; 0 for others. */
  readonly index: number;
  /** Offset of its first character. */
  readonly start: number;
  /** Offset behind its last character, that of what it holds included. */
  end: number;
  /** Its value, if that is a scalar of one piece. An alias is one with its `*`. */
  value: Token | undefined;
  brackets: Brackets | undefined;
  /** Whether its value is a block text (`|`, `>`). */
  isBlockText: boolean;
  readonly children: OutlineNode[];
}

/** What the lines of a chunk look like, whether a parser understands them or not. */
export interface Outline {
  readonly roots: readonly OutlineNode[];
  /** Lines of the chunk that hold nothing but a comment. */
  readonly commentLines: readonly number[];
  /** Offsets at which lines begin. */
  readonly lineStarts: readonly number[];
}

/** Below this a text is scanned faster than its outline is worth keeping. */
const KEPT_LENGTH = 2000;

const kept = new WeakMap<Chunk, Outline>();
/** The chunk that was looked at last is most often looked at again. */
let last: { readonly chunk: Chunk; readonly outline: Outline } | undefined;

/** The outline of a chunk. Never throws, whatever the text is. */
export function outlineOf(chunk: Chunk): Outline {
  if (last?.chunk === chunk) return last.outline;
  const outline = kept.get(chunk) ?? scanOutline(chunk.text, findLineStarts(chunk.text));
  if (chunk.text.length >= KEPT_LENGTH) kept.set(chunk, outline);
  last = { chunk, outline };
  return outline;
}

/** Line and column of an offset, counted from the start of the chunk. */
export function toLocalPosition(lineStarts: readonly number[], offset: number): TextPosition {
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low, character: offset - (lineStarts[low] ?? 0) };
}

/** The place between two offsets of a chunk, as it is in the document now. */
export function toTextRange(chunk: Chunk, lineStarts: readonly number[], start: number, end: number): TextRange {
  const { line } = chunk.anchor;
  const [from, to] = [toLocalPosition(lineStarts, start), toLocalPosition(lineStarts, end)];
  return { start: { line: from.line + line, character: from.character }, end: { line: to.line + line, character: to.character } };
}

/** Keys and indexes that lead to a node, from the top of the document. */
export function pathOfNode(chunk: Chunk, node: OutlineNode): readonly (string | number)[] {
  const path: (string | number)[] = [];
  for (let at: OutlineNode | undefined = node; at; at = at.parent) {
    if (at.kind === 'item') path.push(at.index);
    else if (at.key) path.push(at.key.text);
  }
  if (chunk.role === 'entry') path.push(chunk.section);
  return path.reverse();
}

/** The innermost node that holds an offset, its end included. */
export function findNode(roots: readonly OutlineNode[], offset: number): OutlineNode | undefined {
  const found = roots.findLast(({ start, end }) => start <= offset && offset <= end);
  return found && (findNode(found.children, offset) ?? found);
}
