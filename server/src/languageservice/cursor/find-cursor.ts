import type { ValuePath } from '#core/infra/parse/position-tree.ts';
import { findLineStarts } from '#core/infra/parse/line-index.ts';
import type { Position, Range } from 'vscode-languageserver-types';
import type { Chunk } from '../document/chunk.ts';
import type { InfraDocumentModel } from '../document/infra-document-model.ts';
import type { OpenDocument } from '../open-document.ts';
import { readEntryName } from '../document/entry-names.ts';
import { findChunkIndex } from './find-chunk.ts';
import { scanLines, type Scan, type ScanStart } from './scan-block.ts';
import type { ScannedMapping } from './scanned.ts';
import type { Spot } from './spot.ts';

/** Where the cursor stands in an infra file, told from the lines of its entry. */
export interface Cursor {
  /**
   * `key`: a key is typed, or may be. `value`: a text behind a key. `item`: an item of a list. `open`: the first thing below
   * a key or dash without a value, which may become any of them.
   */
  readonly kind: 'key' | 'value' | 'item' | 'open';
  /** Of the mapping for a key; of the value itself for the others: an item's path ends with its index. */
  readonly path: ValuePath;
  /** What is being typed, quotes included; empty where nothing stands yet. */
  readonly word: string;
  /** The part of it before the cursor. */
  readonly prefix: string;
  /** The word's place. */
  readonly range: Range;
  readonly quote: '' | '"' | "'";
  /** Column of the key, dash or text in block style; of its key for a value; -1 in brackets. */
  readonly indent: number;
  /** Columns that one more level takes in this file. */
  readonly step: number;
  /** A colon stands behind the key already. */
  readonly hasColon: boolean;
  /** What stands before the word (a colon, a comma, a brace, a dash) needs a space behind it. */
  readonly needsSpace: boolean;
  /** A closing brace stands right behind the word. */
  readonly needsSpaceAfter: boolean;
  /** An item of a list begins here, and its dash is not written yet. */
  readonly needsDash: boolean;
  /** The line break of the file. */
  readonly eol: '\n' | '\r\n';
  /** The lines around as far as they can be understood: a whole entry, or a whole section. */
  readonly root: ScannedMapping;
  /** Whether a key stands in the mapping already, the typed one not counted; for lists: whether a text does. */
  isPresent(name: string): boolean;
}

/**
 * Finds out what is typed at a position, from the lines around and never from a parser: half-typed text is normal here.
 * Undefined where nothing can be typed: in comments, texts over several lines, and where no key or value fits.
 */
export function findCursor(document: OpenDocument, position: Position): Cursor | undefined {
  const { chunks } = document.model;
  const index = findChunkIndex(chunks, position.line);
  const chunk = chunks[index];
  const text = chunk?.text ?? '';
  const firstLine = chunk?.anchor.line ?? 0;
  const starts = findLineStarts(text);
  const offset = toOffset(text, starts, { line: position.line - firstLine, character: position.character });
  const { root, spot } = scanLines(text, chunk ? startOf(chunk) : NO_START, offset);
  const next = chunks[index + 1];
  if (!spot || (chunk?.role === 'head' && next?.role === 'entry' && spot.kind === 'open' && spot.indent !== next.indent)) return undefined;
  const place = { text, starts, firstLine };
  const word = text.slice(spot.start, spot.end);
  return {
    kind: chunk?.role === 'head' && next?.role === 'entry' && spot.kind === 'open' ? 'key' : spot.kind,
    path: spot.path,
    word,
    prefix: text.slice(spot.start, offset),
    range: { start: toPosition(place, spot.start), end: toPosition(place, spot.end) },
    quote: spot.quote,
    indent: spot.indent,
    step: stepOf(chunk, next),
    hasColon: spot.kind === 'key' && spot.hasColon,
    needsSpace: needsSpace(spot, text),
    needsSpaceAfter: spot.indent < 0 && text[spot.end] === '}',
    needsDash: spot.kind === 'item' && spot.needsDash,
    eol: text.includes('\r\n') || (text === '' && chunks[0]?.text.includes('\r\n')) ? '\r\n' : '\n',
    root,
    isPresent: (name) => isInContainer(spot, name, word) || isInModel(document.model, spot, name, word),
  };
}

/** Reads the lines of one chunk. */
export const scanChunk = (chunk: Chunk): Scan => scanLines(chunk.text, startOf(chunk));

const NO_START: ScanStart = { section: '', indent: 0 };

const startOf = ({ role, section, indent }: Chunk): ScanStart => (role === 'entry' ? { section, indent } : NO_START);

const stepOf = (chunk: Chunk | undefined, next: Chunk | undefined): number => {
  const step = (chunk?.role === 'entry' ? chunk : next?.role === 'entry' ? next : undefined)?.indent ?? 2;
  return step >= 1 && step <= 8 ? step : 2;
};

function needsSpace(spot: Spot, text: string): boolean {
  if (spot.kind === 'open' || (spot.kind === 'item' && spot.needsDash)) return false;
  return (spot.indent < 0 ? /[,:{]/ : /[-:]/).test(text[spot.start - 1] ?? '');
}

function isInContainer(spot: Spot, name: string, word: string): boolean {
  if (spot.kind !== 'key' && spot.kind !== 'item') return false;
  const { container } = spot;
  if (container.kind === 'mapping') return container.members.has(name) && !isOwn(spot, name, word);
  return container.items.some((item) => item?.kind === 'scalar' && item.text === name && item.start !== spot.start);
}

/** Sections, and the entries of one, stand in other chunks as well. */
function isInModel(model: InfraDocumentModel, spot: Spot, name: string, word: string): boolean {
  if (spot.kind === 'value' || spot.kind === 'item' || spot.indent < 0 || spot.path.length > 1 || isOwn(spot, name, word)) return false;
  const [section] = spot.path;
  if (section !== undefined) return model.index.sections.get(String(section))?.entries?.has(name) ?? false;
  return model.chunks.some((chunk) => (chunk.role === 'head' || chunk.role === 'section') && readEntryName(chunk) === name);
}

const isOwn = (spot: Spot, name: string, word: string): boolean => spot.kind === 'key' && spot.hasColon && word === name;

interface Place {
  readonly text: string;
  readonly starts: readonly number[];
  readonly firstLine: number;
}

function toPosition({ starts, firstLine }: Place, offset: number): Position {
  let line = starts.length - 1;
  while (line > 0 && (starts[line] ?? 0) > offset) line -= 1;
  return { line: firstLine + line, character: offset - (starts[line] ?? 0) };
}

/** Positions behind the end of a line are moved to it. */
function toOffset(text: string, starts: readonly number[], { line, character }: Position): number {
  const start = starts[line];
  if (line < 0) return 0;
  if (start === undefined) return text.length;
  let end = starts[line + 1] ?? text.length;
  while (end > start && (text[end - 1] === '\n' || text[end - 1] === '\r') && line + 1 < starts.length) end -= 1;
  return Math.min(start + Math.max(character, 0), end);
}
