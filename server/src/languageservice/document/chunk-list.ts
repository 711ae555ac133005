import { findLineStarts } from '#core/infra/parse/line-index.ts';
import type { Chunk, ChunkContent, Frame } from './chunk.ts';
import { parseFullPiece, parsePlainPiece } from './parse-piece.ts';
import type { Anchor } from './local-range.ts';
import { NO_SECTION, splitPieces, type Piece, type SplitContext } from './split-pieces.ts';

/** A place in a text, as the Language Server Protocol counts: 0-based, columns in UTF-16 units. */
export interface TextPosition {
  readonly line: number;
  readonly character: number;
}

/** What an edit did to the list: chunks that went and chunks that came, at one place. */
export interface Replacement {
  readonly removed: readonly Chunk[];
  readonly added: readonly Chunk[];
}

/** More pieces than this are not joined for one mistake of syntax: the file is read as a whole then. */
const MAX_JOINED = 4;

/** The chunks of one text. An edit parses the touched ones and moves the others by changing one number of each. */
export class ChunkList {
  readonly #file: string;
  readonly #chunks: Chunk[] = [];
  #length = 0;

  constructor(file: string, text: string) {
    this.#file = file;
    this.#replaceRegion(0, -1, text);
  }

  get chunks(): readonly Chunk[] {
    return this.#chunks;
  }

  /** Length of the text in UTF-16 units. */
  get length(): number {
    return this.#length;
  }

  /** Puts a text in the place of a range. Positions outside of the text are moved to its nearest place. */
  replace(start: TextPosition, end: TextPosition, text: string): Replacement {
    if (this.#chunks.length === 0) return this.#replaceRegion(0, -1, text);
    const from = this.#find(start.line);
    const to = Math.max(from, this.#find(end.line));
    const startOffset = offsetIn(this.#chunks[from], start);
    const old = this.#join(from, to);
    const endOffset = this.#join(from, to - 1).length + offsetIn(this.#chunks[to], end);
    return this.#replaceRegion(from, to, old.slice(0, startOffset) + text + old.slice(Math.max(startOffset, endOffset)));
  }

  /** The chunk that has a line; the last one for lines after the text. */
  chunkAt(line: number): Chunk | undefined {
    return this.#chunks[this.#find(line)];
  }

  /** Index of the chunk that has a line; the last one for lines after the text. */
  #find(line: number): number {
    let low = 0;
    let high = this.#chunks.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#chunks[middle]?.anchor.line ?? 0) <= line) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #join(from: number, to: number): string {
    let text = '';
    for (let at = from; at <= to; at += 1) text += this.#chunks[at]?.text ?? '';
    return text;
  }

  #replaceRegion(firstIndex: number, lastIndex: number, newText: string): Replacement {
    let [from, to, text] = [firstIndex, lastIndex, newText];
    // Each turn but the last takes one more chunk in, so the loop ends.
    for (;;) {
      const { pieces, context, isContinued } = splitPieces(text, contextAfter(this.#chunks[from - 1]));
      if (from > 0 && (isContinued || this.#isFrameStale(from - 1, frameNext(pieces[0] ?? this.#chunks[to + 1])))) {
        from -= 1;
        text = (this.#chunks[from]?.text ?? '') + text;
        continue;
      }
      const end = this.#findRegionEnd(to, context, pieces.at(-1) ?? this.#chunks[from - 1]);
      if (end > to) {
        text += this.#join(to + 1, end);
        to = end;
        continue;
      }
      const added = this.#parsePieces(pieces, from, to);
      if (added === 'next') {
        to += 1;
        text += this.#chunks[to]?.text ?? '';
        continue;
      }
      return this.#splice(from, to, added);
    }
  }

  /** Whether a chunk was parsed for another neighbour below than it has now. */
  #isFrameStale(index: number, next: Frame['next']): boolean {
    const frame = this.#chunks[index]?.frame;
    return frame !== undefined && frame.next !== next;
  }

  /** How far the region must reach so that what follows is split and parsed as before. */
  #findRegionEnd(to: number, context: SplitContext, previous: Piece | undefined): number {
    const next = this.#chunks[to + 1];
    if (!next) return to;
    if (next.role === 'entry' && (context.section !== next.section || (context.indent >= 0 && context.indent !== next.indent))) {
      let end = to + 1;
      while (this.#chunks[end + 1]?.role === 'entry') end += 1;
      return end;
    }
    return next.frame && next.frame.isFirst !== isFirst(next, previous) ? to + 1 : to;
  }

  /** Parses pieces, those with the same text as a chunk of the old region excepted. `next` asks for one more chunk. */
  #parsePieces(pieces: readonly Piece[], from: number, to: number): Chunk[] | 'next' {
    const unchanged = new Map<string, Chunk>();
    for (let at = from; at <= to; at += 1) {
      const chunk = this.#chunks[at];
      if (chunk) unchanged.set(keyOf(chunk), chunk);
    }
    const added: Chunk[] = [];
    // One chunk that stays one keeps its anchor, so that what points into it goes on to do so.
    const successor = pieces.length === 1 && from === to ? this.#chunks[from] : undefined;
    for (let at = 0; at < pieces.length; at += 1) {
      let piece = pieces[at];
      if (!piece) break;
      let joined = 1;
      let chunk: Chunk | undefined;
      while (!chunk) {
        const following = pieces[at + 1] ?? this.#chunks[to + 1];
        const frame: Frame = { isFirst: isFirst(piece, added.at(-1) ?? this.#chunks[from - 1]), next: frameNext(following) };
        const parsed = this.#parse(piece, frame, unchanged, successor?.anchor);
        if (parsed.content.kind !== 'spilled') chunk = parsed;
        else if (!following || following.role !== piece.role || joined >= MAX_JOINED) chunk = { ...parsed, content: { kind: 'whole' } };
        else if (!pieces[at + 1]) return 'next';
        else {
          joined += 1;
          at += 1;
          piece = joinPieces(piece, following);
        }
      }
      added.push(chunk);
    }
    return added;
  }

  #parse(piece: Piece, frame: Frame, unchanged: Map<string, Chunk>, kept: Anchor | undefined): Chunk {
    const key = keyOf(piece);
    const old = unchanged.get(key);
    if (old && (!old.frame || (old.frame.isFirst === frame.isFirst && old.frame.next === frame.next))) {
      unchanged.delete(key);
      return old;
    }
    const anchor = kept ?? { line: 0 };
    const plain = parsePlainPiece(this.#file, piece, anchor);
    const content: ChunkContent = plain ?? parseFullPiece(this.#file, piece, frame, anchor);
    return { ...piece, lineCount: countLines(piece.text), anchor, content, frame: plain ? undefined : frame };
  }

  #splice(from: number, to: number, added: readonly Chunk[]): Replacement {
    const kept = new Set(added);
    const tail = this.#chunks.slice(to + 1);
    const old = this.#chunks.slice(from, to + 1);
    const removed = old.filter((chunk) => !kept.has(chunk));
    const before = new Set(old);
    this.#chunks.length = from;
    for (const chunk of added) this.#chunks.push(chunk);
    for (const chunk of tail) this.#chunks.push(chunk);
    for (const chunk of old) this.#length -= chunk.text.length;
    for (const chunk of added) this.#length += chunk.text.length;
    const previous = this.#chunks[from - 1];
    let line = previous ? previous.anchor.line + previous.lineCount : 0;
    for (let at = from; at < this.#chunks.length; at += 1) {
      const chunk = this.#chunks[at];
      if (!chunk) break;
      // The first chunk after the region that did not move shows that none after it did.
      if (at >= from + added.length && chunk.anchor.line === line) break;
      chunk.anchor.line = line;
      line += chunk.lineCount;
    }
    return { removed, added: added.filter((chunk) => !before.has(chunk)) };
  }
}

const keyOf = ({ role, section, indent, text }: Piece): string => `${role} ${section} ${indent} ${text}`;

const joinPieces = (piece: Piece, { text }: Piece): Piece => ({ ...piece, text: piece.text + text });

const contextAfter = (chunk: Chunk | undefined): SplitContext => {
  if (chunk?.role === 'entry') return { section: chunk.section, indent: chunk.indent };
  if (chunk?.role !== 'head') return NO_SECTION;
  return { section: chunk.text.slice(0, chunk.text.indexOf(':')), indent: -1 };
};

const frameNext = (piece: Piece | undefined): Frame['next'] => (!piece ? 'end' : piece.role === 'entry' ? 'entry' : 'section');

const isFirst = (piece: Piece, previous: Piece | undefined): boolean =>
  piece.role === 'entry' ? previous?.role !== 'entry' : !previous || previous.role === 'preamble';

/** Line breaks as an editor counts them: `\n`, `\r\n` and a lone `\r`. */
function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count += 1;
  if (!text.includes('\r')) return count;
  return findLineStarts(text).length - 1;
}

function offsetIn(chunk: Chunk | undefined, { line, character }: TextPosition): number {
  if (!chunk) return 0;
  const starts = findLineStarts(chunk.text);
  const local = line - chunk.anchor.line;
  if (local < 0) return 0;
  const start = starts[local];
  if (start === undefined) return chunk.text.length;
  let end = starts[local + 1] ?? chunk.text.length;
  if (local + 1 < starts.length) {
    end -= 1;
    if (chunk.text.charCodeAt(end) === 10 && end > start && chunk.text.charCodeAt(end - 1) === 13) end -= 1;
  }
  return Math.min(start + Math.max(character, 0), end);
}
