import type { ValuePath } from '#core/infra/parse/position-tree.ts';
import { findLineStarts } from '#core/infra/parse/line-index.ts';
import type { Position, TextEdit } from 'vscode-languageserver-types';
import { findChunkIndex } from '../cursor/find-chunk.ts';
import { scanChunk } from '../cursor/find-cursor.ts';
import { findLineEnd, findNextLine } from '../cursor/scan-text.ts';
import { findNode, type ScannedContainer, type ScannedMember, type ScannedNode } from '../cursor/scanned.ts';
import type { Chunk } from '../document/chunk.ts';
import { readEntryName } from '../document/entry-names.ts';
import type { OpenDocument } from '../open-document.ts';

/** Where a line's own text begins and ends, as offsets of a chunk. */
type Span = readonly [start: number, end: number];

/** Makes small edits of the lines of one chunk, told by paths. What cannot be edited safely gives no edit. */
export class LineEditor {
  readonly #text: string;
  readonly #firstLine: number;
  readonly #starts: readonly number[];
  readonly root: ScannedNode;
  readonly eol: '\n' | '\r\n';
  readonly step: number;

  constructor(chunk: Chunk) {
    this.#text = chunk.text;
    this.#firstLine = chunk.anchor.line;
    this.#starts = findLineStarts(chunk.text);
    this.root = scanChunk(chunk).root;
    this.eol = chunk.text.includes('\r\n') ? '\r\n' : '\n';
    this.step = chunk.role === 'entry' && chunk.indent > 0 ? chunk.indent : 2;
  }

  /** The editor of the chunk that holds a line. */
  static at(document: OpenDocument, line: number): LineEditor | undefined {
    const chunk = document.model.chunks[findChunkIndex(document.model.chunks, line)];
    return chunk && new LineEditor(chunk);
  }

  /** The editor of an entry, or of a section that is one chunk. */
  static of(document: OpenDocument, section: string, name: string): LineEditor | undefined {
    const { chunks } = document.model;
    const chunk =
      chunks.find((candidate) => candidate.role === 'entry' && candidate.section === section && readEntryName(candidate) === name) ??
      chunks.find((candidate) => candidate.role === 'section' && readEntryName(candidate) === section);
    return chunk && new LineEditor(chunk);
  }

  /** Adds keys to a mapping: in front of its others, or behind them in braces. Values are YAML that fits on the line. */
  addMembers(path: ValuePath, members: readonly (readonly [key: string, value: string])[]): readonly TextEdit[] {
    const node = findNode(this.root, path);
    const code = members.map(([key, value]) => `${key}: ${value}`);
    if (code.length === 0) return [];
    if (node?.kind === 'mapping') {
      const [first] = node.all;
      const last = node.all.at(-1);
      if (!first || !last) return [this.#replace([node.start, node.end], `{ ${code.join(', ')} }`)];
      if (node.indent < 0) return [this.#replace([endOf(last), endOf(last)], `, ${code.join(', ')}`)];
      const margin = this.eol + ' '.repeat(node.indent);
      return [this.#replace([first.keyStart, first.keyStart], `${code.join(margin)}${margin}`)];
    }
    const member = this.#findMember(path);
    const parent = findNode(this.root, path.slice(0, -1));
    if (node || !member || parent?.kind !== 'mapping') return [];
    if (parent.indent < 0) return [this.#replace([member.keyEnd, member.keyEnd + 1], `: { ${code.join(', ')} }`)];
    const lineEnd = findLineEnd(this.#text, member.keyEnd);
    const margin = this.eol + ' '.repeat(parent.indent + this.step);
    return [this.#replace([lineEnd, lineEnd], code.map((line) => margin + line).join(''))];
  }

  /** Takes a key and all that is below it out of its mapping; the last one leaves `{}`. */
  removeMember(path: ValuePath): readonly TextEdit[] {
    const parent = findNode(this.root, path.slice(0, -1));
    if (parent?.kind !== 'mapping') return [];
    const spans = parent.all.map((member): Span => [member.keyStart, endOf(member)]);
    const index = parent.all.findLastIndex(({ name }) => name === path.at(-1));
    return this.#remove(parent, spans, index, '{}');
  }

  /** Puts keys in the place of others of the same mapping. The new ones stand where the first of the old ones did. */
  replaceMembers(path: ValuePath, old: readonly string[], added: readonly (readonly [key: string, value: string])[]): readonly TextEdit[] {
    const node = findNode(this.root, path);
    if (node?.kind !== 'mapping') return [];
    const leaving = node.all.filter(({ name }) => old.includes(name));
    const [first, ...others] = leaving;
    const code = added.map(([key, value]) => `${key}: ${value}`);
    if (!first) return this.addMembers(path, added);
    if (node.indent >= 0) {
      const text = code.join(this.eol + ' '.repeat(node.indent));
      return [this.#replace([first.keyStart, endOf(first)], text), ...others.flatMap(({ name }) => this.removeMember([...path, name]))];
    }
    const parts = node.all.flatMap((member) => {
      if (member === first) return code;
      return others.includes(member) ? [] : [this.#text.slice(member.keyStart, endOf(member))];
    });
    return [this.#replace([node.start, node.end], `{ ${parts.join(', ')} }`)];
  }

  /** A value as it stands in the lines, if it is on one line. */
  readCode(path: ValuePath): string | undefined {
    const node = findNode(this.root, path);
    if (!node) return undefined;
    const code = this.#text.slice(...spanOf(node));
    return /[\r\n]/.test(code) ? undefined : code;
  }

  /** Takes an item out of its list; the last one leaves `[]`. */
  removeItem(path: ValuePath): readonly TextEdit[] {
    const parent = findNode(this.root, path.slice(0, -1));
    const index = path.at(-1);
    if (parent?.kind !== 'list' || typeof index !== 'number' || parent.items.includes(undefined)) return [];
    const spans = parent.items.map((item): Span => (item ? spanOf(item) : [0, 0]));
    return this.#remove(parent, spans, index, '[]');
  }

  /** Writes another value for a key that has one on its line. */
  replaceValue(path: ValuePath, value: string): readonly TextEdit[] {
    const node = findNode(this.root, path);
    if (!node || (node.kind !== 'scalar' && node.indent >= 0) || (node.kind === 'scalar' && node.isBlock)) return [];
    return [this.#replace(spanOf(node), value)];
  }

  /** Removes whole lines, both counted in the document and included. */
  removeLines(first: number, last: number): readonly TextEdit[] {
    const start = this.#starts[first - this.#firstLine];
    const end = this.#starts[last - this.#firstLine + 1] ?? this.#text.length;
    return start === undefined ? [] : [this.#replace([start, end], '')];
  }

  /** Where a key stands; undefined when it does not. */
  findKey(path: ValuePath): Position | undefined {
    const member = this.#findMember(path);
    return member && this.#toPosition(member.keyStart);
  }

  /** Where a value or item begins. */
  findStart(path: ValuePath): Position | undefined {
    const node = findNode(this.root, path);
    return node && this.#toPosition(node.start);
  }

  #findMember(path: ValuePath): ScannedMember | undefined {
    const parent = findNode(this.root, path.slice(0, -1));
    return parent?.kind === 'mapping' ? parent.members.get(String(path.at(-1))) : undefined;
  }

  #remove(parent: ScannedContainer, spans: readonly Span[], index: number, empty: string): readonly TextEdit[] {
    const [own, before, after] = [spans[index], spans[index - 1], spans[index + 1]];
    if (!own) return [];
    if (parent.indent < 0) {
      if (after) return [this.#replace([own[0], after[0]], '')];
      return [before ? this.#replace([before[1], own[1]], '') : this.#replace([parent.start, parent.end], empty)];
    }
    const start = this.#lineStart(own[0]);
    const lead = this.#text.slice(start, own[0]);
    if (!before && !after) {
      const owner = this.#findMember(parent.path);
      const end = findLineEnd(this.#text, own[1]);
      // The key of a section stands in another chunk.
      return owner && owner.keyEnd > 0 ? [this.#replace([owner.keyEnd, end], `: ${empty}`)] : [];
    }
    const isOwnLine = parent.kind === 'mapping' ? lead.trim() === '' : lead.trim() === '-';
    if (isOwnLine) return [this.#replace([start, findNextLine(this.#text, findLineEnd(this.#text, own[1]))], '')];
    // The first key behind a dash: the next one takes its place.
    return after && this.#lineStart(after[0]) !== start ? [this.#replace([own[0], after[0]], '')] : [];
  }

  #lineStart(offset: number): number {
    return this.#starts.findLast((start) => start <= offset) ?? 0;
  }

  #replace([start, end]: Span, newText: string): TextEdit {
    return { range: { start: this.#toPosition(start), end: this.#toPosition(end) }, newText };
  }

  #toPosition(offset: number): Position {
    const line = this.#starts.findLastIndex((start) => start <= offset);
    return { line: this.#firstLine + line, character: offset - (this.#starts[line] ?? 0) };
  }
}

/** Where a key ends together with its value. */
const endOf = ({ value, keyEnd }: ScannedMember): number => (value ? spanOf(value)[1] : keyEnd + 1);

function spanOf(node: ScannedNode): Span {
  if (node.kind === 'scalar' || node.indent < 0) return [node.start, node.end];
  const inner = node.kind === 'mapping' ? node.all.map(endOf) : node.items.map((item) => (item ? spanOf(item)[1] : 0));
  return [node.start, Math.max(node.start, ...inner)];
}
