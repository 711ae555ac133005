import type { ValuePath } from '#core/infra/parse/position-tree.ts';
import { LevelStack } from './level-stack.ts';
import { scanFlow } from './scan-flow.ts';
import { findComment, findLineEnd, findNextLine, scanQuoted, skipBlanks, trimEnd } from './scan-text.ts';
import { addMember, createMapping, type ScannedList, type ScannedMapping, type ScannedNode } from './scanned.ts';
import { touches, type Spot, type SpotWatch } from './spot.ts';

/** What stands above the first line: the sections that are open, outermost first. */
export interface ScanStart {
  /** Section that the lines belong to; empty: they stand at the top. */
  readonly section: string;
  /** Column of the section's entries. */
  readonly indent: number;
}

/** Lines as mappings, lists and texts; `root` is the whole file as far as the lines show it. */
export interface Scan {
  readonly root: ScannedMapping;
  readonly spot: Spot | undefined;
}

const KEY =
  /(?:"(?:[^"\\\r\n]|\\.)*"|'(?:[^'\r\n]|'')*'|[^\s#[\]{}"'&*!|>%@`,-][^#:\r\n]*?(?:(?::|#)[^\s:#][^#:\r\n]*?)*|-[^\s:#]+|<<)(?=[ \t]*:(?:[ \t\r\n]|$))/y;
const PROPERTIES = /(?:[&!][^\s,[\]{}]*[ \t]+)*(?:[&!][^\s,[\]{}]*(?=[ \t\r\n]|$))?/y;
const BLOCK_SCALAR = /[|>][-+\d]*[ \t]*(?:#[^\r\n]*)?(?=[\r\n]|$)/y;

/**
 * Reads lines one after the other, without a parser: half-typed and broken text is normal here. What nobody can make sense
 * of is skipped; everything else keeps its place.
 */
export function scanLines(text: string, start: ScanStart, offset = -1): Scan {
  const watch: SpotWatch = { offset, spot: undefined, isNowhere: false };
  const scanner = new BlockScanner(text, start, watch);
  scanner.scan();
  return { root: scanner.root, spot: watch.isNowhere ? undefined : settle(watch.spot) };
}

/** An empty place below a key, once the lines after it are known: they say in which column its keys or dashes stand. */
function settle(spot: Spot | undefined): Spot | undefined {
  if (spot?.kind !== 'open' || !spot.owner?.value) return spot;
  const { value } = spot.owner;
  if (value.kind === 'scalar') return spot;
  if (value.indent !== spot.indent) return undefined;
  const { start, end, quote, indent } = spot;
  if (value.kind === 'mapping') return { kind: 'key', path: value.path, container: value, hasColon: false, indent, start, end, quote };
  return { kind: 'item', path: [...value.path, 0], container: value, indent, needsDash: true, start, end, quote };
}

class BlockScanner {
  readonly root: ScannedMapping = createMapping([], 0, 0);
  readonly #text: string;
  readonly #watch: SpotWatch;
  readonly #levels: LevelStack;
  #at = 0;

  constructor(text: string, { section, indent }: ScanStart, watch: SpotWatch) {
    this.#text = text;
    this.#watch = watch;
    this.#levels = new LevelStack(text, [this.root, ...this.#openSection(section, indent)]);
  }

  scan(): void {
    do this.#scanLine();
    while (this.#at < this.#text.length);
    // The empty line after the last line break.
    if (this.#watch.offset === this.#text.length && /[\r\n]$/.test(this.#text)) this.#seeBlank(0);
  }

  /** The section that lines of an entry belong to. Where a list stands instead of entries, its dashes say so. */
  #openSection(section: string, indent: number): readonly ScannedMapping[] {
    if (section === '') return [];
    const member = addMember(this.root, section, 0, 0);
    if (/^\s*-(?:\s|$)/.test(this.#text)) return [];
    const entries = createMapping([section], indent, 0);
    member.value = entries;
    return [entries];
  }

  #scanLine(): void {
    // A byte order mark takes no column.
    const start = this.#at === 0 && this.#text.startsWith('\u{feff}') ? 1 : this.#at;
    const end = findLineEnd(this.#text, start);
    const first = skipBlanks(this.#text, start, end);
    this.#at = findNextLine(this.#text, end);
    const isWatched = touches(this.#watch, start, end);
    if (first === end || this.#text[first] === '#') {
      if (!isWatched) return;
      if (first < end && this.#watch.offset > first) this.#watch.isNowhere = true;
      else this.#seeBlank(this.#watch.offset - start);
      return;
    }
    const column = first - start;
    if (column === 0 && /^(?:---|\.\.\.)(?:\s|$)/.test(this.#text.slice(first, first + 4))) {
      if (isWatched) this.#watch.isNowhere = true;
      return;
    }
    // Left of the first character nothing is typed.
    if (isWatched && this.#watch.offset < first) this.#watch.isNowhere = true;
    this.#scanContent(first, column, end);
  }

  /** Reads what stands on a line from a column on: dashes, then a key or a text. */
  #scanContent(from: number, firstColumn: number, lineEnd: number): void {
    let [at, column] = [from, firstColumn];
    while (this.#text[at] === '-' && (at + 1 === lineEnd || /[ \t]/.test(this.#text[at + 1] ?? ''))) {
      const list = this.#levels.enterList(column, at);
      if (!list) return;
      const next = skipBlanks(this.#text, at + 1, lineEnd);
      const isEmpty = next === lineEnd || this.#text[next] === '#';
      list.items.push(undefined);
      const path = [...list.path, list.items.length - 1];
      if (touches(this.#watch, at + 1, isEmpty ? next : next - 1)) {
        const { offset } = this.#watch;
        this.#watch.spot = this.#itemSpot(list, path, offset, offset, '', column);
      } else if (this.#watch.offset === at) this.#watch.isNowhere = true;
      if (isEmpty) {
        if (this.#watch.offset > next && this.#watch.offset <= lineEnd) this.#watch.isNowhere = true;
        return;
      }
      column += next - at;
      at = next;
    }
    KEY.lastIndex = at;
    const key = KEY.exec(this.#text)?.[0];
    if (key === undefined) this.#scanText(at, column, lineEnd);
    else this.#scanKey(key, at, column, lineEnd);
  }

  #scanKey(key: string, at: number, column: number, lineEnd: number): void {
    const mapping = this.#levels.enterMapping(column, at);
    const keyEnd = at + key.length;
    const quote = key.startsWith('"') ? '"' : key.startsWith("'") ? "'" : '';
    const name = quote === '' ? key : scanQuoted(key, 0, key.length).text;
    const colonEnd = skipBlanks(this.#text, keyEnd, lineEnd) + 1;
    if (!mapping) {
      if (touches(this.#watch, at, lineEnd)) this.#watch.isNowhere = true;
      return;
    }
    if (touches(this.#watch, at, keyEnd)) {
      const { path } = mapping;
      this.#watch.spot = { kind: 'key', path, container: mapping, hasColon: true, indent: column, start: at, end: keyEnd, quote };
    }
    const member = addMember(mapping, name, at, keyEnd);
    const path = [...mapping.path, name];
    member.value = this.#scanValue(path, { from: colonEnd, lineEnd, parent: column }, (start, end, valueQuote) => ({
      kind: 'value',
      path,
      indent: column,
      needsSpace: start === colonEnd,
      start,
      end,
      quote: valueQuote,
    }));
  }

  /** A line without a key: an item of a list, the text of an open key, or something that is just being typed. */
  #scanText(at: number, column: number, lineEnd: number): void {
    const list = this.#levels.top;
    const isItem =
      list?.kind === 'list' && list.items.length > 0 && list.items.at(-1) === undefined && column > list.indent && this.#isItemLine(at);
    if (list?.kind === 'list' && isItem) {
      const path = [...list.path, list.items.length - 1];
      const spotAt: SpotAt = (start, end, quote) => this.#itemSpot(list, path, start, end, quote, list.indent);
      list.items[list.items.length - 1] = this.#scanValue(path, { from: at, lineEnd, parent: list.indent }, spotAt);
      return;
    }
    const spot = this.#levels.findBlankSpot(column);
    if (spot?.kind === 'open' && /["'[{|>&!]/.test(this.#text[at] ?? '')) {
      const { path } = spot;
      const spotAt: SpotAt = (start, end, quote) => ({ kind: 'value', path, indent: column - 1, needsSpace: false, start, end, quote });
      const value = this.#scanValue(path, { from: at, lineEnd, parent: column - 1 }, spotAt);
      if (spot.owner) spot.owner.value = value;
      return;
    }
    if (this.#levels.top === this.root && this.root.members.size === 0 && /[[{]/.test(this.#text[at] ?? '')) {
      this.#scanValue([], { from: at, lineEnd, parent: -1 }, () => undefined);
      return;
    }
    const end = trimEnd(this.#text, at, findComment(this.#text, at, lineEnd));
    if (!touches(this.#watch, at, lineEnd)) {
      if (spot?.kind === 'open' && spot.owner)
        spot.owner.value = { kind: 'scalar', text: this.#text.slice(at, end), start: at, end, quote: '', isBlock: false };
      return;
    }
    const { offset } = this.#watch;
    const isBlankBehind = this.#text.slice(end, offset).trim() === '';
    if (spot && offset <= Math.max(end, isBlankBehind ? offset : end))
      this.#watch.spot = { ...spot, start: at, end: Math.max(end, offset) };
    else this.#watch.isNowhere = true;
  }

  /** Whether a text stands behind a dash on its own line. */
  #isItemLine(at: number): boolean {
    const lineStart = Math.max(this.#text.lastIndexOf('\n', at - 1), this.#text.lastIndexOf('\r', at - 1)) + 1;
    return this.#text.slice(lineStart, at).includes('-');
  }

  #scanValue(path: ValuePath, { from, lineEnd, parent }: ValueLine, spotAt: SpotAt): ScannedNode | undefined {
    const text = this.#text;
    let start = skipBlanks(text, from, lineEnd);
    const commentAt = findComment(text, from, lineEnd);
    if (start < lineEnd && touches(this.#watch, commentAt + 1, lineEnd) && commentAt < lineEnd) this.#watch.isNowhere = true;
    PROPERTIES.lastIndex = start;
    const properties = PROPERTIES.exec(text)?.[0].length ?? 0;
    if (properties > 0) {
      if (touches(this.#watch, start, Math.min(start + properties, lineEnd) - 1)) this.#watch.isNowhere = true;
      start = skipBlanks(text, Math.min(start + properties, lineEnd), lineEnd);
    }
    const { offset } = this.#watch;
    if (start >= commentAt || start === lineEnd) {
      if (touches(this.#watch, from, Math.min(start, commentAt))) this.#watch.spot = spotAt(offset, offset, '');
      return undefined;
    }
    if (offset >= from && offset < start && properties === 0) this.#watch.spot = spotAt(offset, offset, '');
    BLOCK_SCALAR.lastIndex = start;
    if (BLOCK_SCALAR.test(text)) return this.#skipBlockScalar(start, lineEnd, parent);
    const character = text[start];
    if (character === '[' || character === '{' || character === '"' || character === "'") {
      const limit = this.#findLimit(lineEnd, parent);
      if (character === '[' || character === '{') {
        const node = scanFlow({ text, limit, watch: this.#watch }, start, path);
        this.#continueAfter(node.end);
        if (offset === start) this.#watch.spot = spotAt(start, start, '');
        return node;
      }
      const quoted = scanQuoted(text, start, limit);
      if (touches(this.#watch, start, quoted.end)) {
        if (quoted.end > lineEnd) this.#watch.isNowhere = true;
        else this.#watch.spot = spotAt(start, quoted.end, character);
      } else if (offset > quoted.end && offset <= lineEnd) this.#watch.isNowhere = true;
      this.#continueAfter(quoted.end);
      return { kind: 'scalar', text: quoted.text, start, end: quoted.end, quote: character, isBlock: false };
    }
    const end = trimEnd(text, start, commentAt);
    if (touches(this.#watch, start, commentAt)) this.#watch.spot = spotAt(start, Math.max(end, offset), '');
    return { kind: 'scalar', text: text.slice(start, end), start, end, quote: '', isBlock: false };
  }

  #skipBlockScalar(start: number, lineEnd: number, parent: number): ScannedNode {
    const limit = this.#findLimit(lineEnd, parent);
    const isEnded = limit < this.#text.length || /[\r\n]$/.test(this.#text);
    if (touches(this.#watch, start, isEnded ? limit - 1 : limit)) this.#watch.isNowhere = true;
    this.#at = Math.max(this.#at, limit);
    return { kind: 'scalar', text: '', start, end: limit, quote: '', isBlock: true };
  }

  /** Where the first line below begins that stands no deeper than `parent`: it cannot belong to what is open. */
  #findLimit(lineEnd: number, parent: number): number {
    const text = this.#text;
    for (let start = findNextLine(text, lineEnd); start < text.length;) {
      const end = findLineEnd(text, start);
      const first = skipBlanks(text, start, end);
      if (first < end && first - start <= parent && !/[\]}]/.test(text[first] ?? '')) return start;
      start = findNextLine(text, end);
    }
    return text.length;
  }

  /** Goes on after a value of several lines. */
  #continueAfter(end: number): void {
    if (end <= this.#at) return;
    this.#at = findNextLine(this.#text, findLineEnd(this.#text, end));
  }

  #seeBlank(column: number): void {
    const spot = this.#levels.findBlankSpot(column);
    const { offset } = this.#watch;
    if (spot) this.#watch.spot = { ...spot, start: offset, end: offset };
  }

  #itemSpot(container: ScannedList, path: ValuePath, start: number, end: number, quote: Spot['quote'], indent: number): Spot {
    return { kind: 'item', path, container, indent, needsDash: false, start, end, quote };
  }
}

type SpotAt = (start: number, end: number, quote: Spot['quote']) => Spot | undefined;

interface ValueLine {
  readonly from: number;
  readonly lineEnd: number;
  /** Column of the key or dash: deeper lines go on with its value. */
  readonly parent: number;
}
