import type { Range } from 'vscode-languageserver-types';
import type { Chunk } from '../document/chunk.ts';

/** Where an entry begins and ends, read off its lines: quick enough for all entries of a large file. Lines count from the chunk. */
export interface EntryExtent {
  /** Columns of the name in the first line, with its quotes. */
  readonly nameStart: number;
  readonly nameEnd: number;
  /** Last line with more than blanks and comments, and where it ends. */
  readonly endLine: number;
  readonly endCharacter: number;
}

const NAME = /^( *)("[^"\\\r\n]*"|'[^'\r\n]*'|[^\s#'"[\]{}&*!|>%@`,:][^:#\r\n]*?) *:(?=\s|$)/;

const known = new WeakMap<Chunk, EntryExtent>();

/** The extent of a chunk that holds one entry. Without a name in its first line, the name is empty. */
export function extentOf(chunk: Chunk): EntryExtent {
  const extent = known.get(chunk) ?? readExtent(chunk);
  known.set(chunk, extent);
  return extent;
}

/** The name of an entry and all of it, as they stand in the document now. */
export function rangesOfEntry(chunk: Chunk, extent: EntryExtent): { readonly range: Range; readonly selectionRange: Range } {
  const { line } = chunk.anchor;
  const start = { line, character: extent.nameStart };
  return {
    range: { start, end: { line: line + extent.endLine, character: extent.endCharacter } },
    selectionRange: { start, end: { line, character: extent.nameEnd } },
  };
}

function readExtent({ text, lineCount }: Chunk): EntryExtent {
  const [, margin = '', name = ''] = NAME.exec(text) ?? [];
  let endLine = text.endsWith('\n') || text.endsWith('\r') ? lineCount - 1 : lineCount;
  let end = trimBreak(text, text.length);
  for (;;) {
    const start = startOfLine(text, end);
    const line = text.slice(start, end).trim();
    if (start === 0 || (line !== '' && !line.startsWith('#'))) {
      return {
        nameStart: margin.length,
        nameEnd: margin.length + name.length,
        endLine,
        endCharacter: text.slice(start, end).trimEnd().length,
      };
    }
    end = trimBreak(text, start);
    endLine -= 1;
  }
}

/** Offset of the line break that ends before an offset; the offset itself without one. */
function trimBreak(text: string, offset: number): number {
  const last = text.charCodeAt(offset - 1);
  if (last === 13) return offset - 1;
  if (last !== 10) return offset;
  return text.charCodeAt(offset - 2) === 13 ? offset - 2 : offset - 1;
}

function startOfLine(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && text.charCodeAt(at - 1) !== 10 && text.charCodeAt(at - 1) !== 13) at -= 1;
  return at;
}
