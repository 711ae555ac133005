import type { ValuePath } from '#core/infra/parse/position-tree.ts';
import { findLineEnd, scanQuoted, trimEnd } from './scan-text.ts';
import {
  addMember,
  createList,
  createMapping,
  type ScannedList,
  type ScannedMapping,
  type ScannedNode,
  type ScannedScalar,
} from './scanned.ts';
import { touches, type Spot, type SpotWatch } from './spot.ts';

/** Lines that hold a collection in brackets. `limit` is where the lines below it cannot belong to it any more. */
export interface FlowSource {
  readonly text: string;
  readonly limit: number;
  readonly watch: SpotWatch;
}

/** Deeper brackets than this are skipped: a text of a million brackets must not end the stack. */
const MAX_DEPTH = 64;

/** Reads a collection in braces or brackets that begins at `start`. It ends at `limit` when nothing closes it. */
export function scanFlow(source: FlowSource, start: number, path: ValuePath, depth = 0): ScannedNode {
  const isMapping = source.text[start] === '{';
  const node = isMapping ? createMapping(path, -1, start) : createList(path, -1, start);
  const scanner = new FlowScanner(source, start + 1, depth);
  if (node.kind === 'mapping') scanner.scanMapping(node);
  else scanner.scanList(node);
  node.end = scanner.at;
  return node;
}

class FlowScanner {
  readonly #source: FlowSource;
  readonly #depth: number;
  at: number;

  constructor(source: FlowSource, at: number, depth: number) {
    this.#source = source;
    this.at = at;
    this.#depth = depth;
  }

  scanMapping(node: ScannedMapping): void {
    const { path } = node;
    const spotAt = (start: number, end: number, hasColon: boolean, quote: Spot['quote'] = ''): Spot => ({
      kind: 'key',
      path,
      container: node,
      hasColon,
      indent: -1,
      start,
      end,
      quote,
    });
    for (;;) {
      this.#skipGap((offset) => spotAt(offset, offset, false));
      const word = this.#readWord();
      if (word === 'end') return;
      if (word === undefined) continue;
      const { text } = this.#source;
      let colon = this.at;
      while (text[colon] === ' ') colon += 1;
      const hasColon = text[colon] === ':' && (word.quote !== '' || isColon(text, colon));
      const end = hasColon ? word.end : this.#extend(word.end);
      this.#see(word.start, end, spotAt(word.start, end, hasColon, word.quote));
      if (!hasColon) continue;
      const member = addMember(node, word.text, word.start, word.end);
      this.at = colon + 1;
      member.value = this.#scanValue([...path, word.text]);
    }
  }

  scanList(node: ScannedList): void {
    const { path } = node;
    const spotAt = (start: number, end: number, quote: Spot['quote'] = ''): Spot => ({
      kind: 'item',
      path: [...path, node.items.length],
      container: node,
      indent: -1,
      needsDash: false,
      start,
      end,
      quote,
    });
    for (;;) {
      this.#skipGap((offset) => spotAt(offset, offset));
      const { text } = this.#source;
      if (this.at < this.#source.limit && (text[this.at] === '[' || text[this.at] === '{')) {
        node.items.push(this.#scanInner([...path, node.items.length]));
        continue;
      }
      const word = this.#readWord();
      if (word === 'end') return;
      if (word === undefined) continue;
      const end = this.#extend(word.end);
      this.#see(word.start, end, spotAt(word.start, end, word.quote));
      node.items.push(word);
    }
  }

  #scanValue(path: ValuePath): ScannedNode | undefined {
    const { text, limit } = this.#source;
    const from = this.at;
    const spotAt = (start: number, end: number, quote: Spot['quote'] = ''): Spot => ({
      kind: 'value',
      path,
      indent: -1,
      needsSpace: start === from,
      start,
      end,
      quote,
    });
    this.#skipGap((offset) => spotAt(offset, offset));
    if (this.at >= limit || text[this.at] === ',' || text[this.at] === '}' || text[this.at] === ']') return undefined;
    if (text[this.at] === '[' || text[this.at] === '{') return this.#scanInner(path);
    const word = this.#readWord();
    if (word === 'end' || word === undefined) return undefined;
    const end = this.#extend(word.end);
    this.#see(word.start, end, spotAt(word.start, end, word.quote));
    return word;
  }

  #scanInner(path: ValuePath): ScannedNode | undefined {
    if (this.#depth >= MAX_DEPTH) {
      this.at += 1;
      return undefined;
    }
    const node = scanFlow(this.#source, this.at, path, this.#depth + 1);
    this.at = node.end;
    return node;
  }

  /** Skips blanks, line breaks and comments. What is watched may lie there: an empty place. */
  #skipGap(spotAt: (offset: number) => Spot): void {
    const { text, limit, watch } = this.#source;
    const from = this.at;
    for (;;) {
      const character = text[this.at];
      if (this.at >= limit) break;
      if (character === '#' && /[\s,[{]/.test(text[this.at - 1] ?? ' ')) {
        const end = Math.min(findLineEnd(text, this.at), limit);
        if (watch.offset > this.at && watch.offset <= end) watch.isNowhere = true;
        this.at = end;
      } else if (character === ' ' || character === '\t' || character === '\n' || character === '\r') this.at += 1;
      else break;
    }
    // A word that ends here was seen before, and is meant.
    if (watch.isNowhere || watch.spot || !touches(watch, from, this.at) || isLimit(this.#source, this.at)) return;
    watch.spot = spotAt(watch.offset);
  }

  /** The next word or quoted text. `end`: the collection is over. Undefined: a comma or something that cannot stand here. */
  #readWord(): ScannedScalar | 'end' | undefined {
    const { text, limit } = this.#source;
    const start = this.at;
    const character = text[start];
    if (start >= limit || character === undefined) return 'end';
    if (character === '}' || character === ']') {
      this.at += 1;
      return 'end';
    }
    if (character === ',' || character === '{' || character === '[' || (character === ':' && isColon(text, start))) {
      this.at += 1;
      return undefined;
    }
    if (character === '"' || character === "'") {
      const quoted = scanQuoted(text, start, limit);
      this.at = quoted.end;
      return { kind: 'scalar', text: quoted.text, start, end: quoted.end, quote: character, isBlock: false };
    }
    while (this.at < limit && !endsPlain(text, this.at)) this.at += 1;
    const end = trimEnd(text, start, this.at);
    this.at = end;
    return { kind: 'scalar', text: text.slice(start, end), start, end, quote: '', isBlock: false };
  }

  /** Blanks behind a word that is being typed belong to it: names may hold some. */
  #extend(end: number): number {
    const { text, limit, watch } = this.#source;
    let at = end;
    while (at < limit && (text[at] === ' ' || text[at] === '\t')) at += 1;
    return watch.offset > end && watch.offset <= at ? watch.offset : end;
  }

  #see(start: number, end: number, spot: Spot): void {
    if (!touches(this.#source.watch, start, end)) return;
    this.#source.watch.spot = spot;
    if (end > this.at) this.at = end;
  }
}

/** A gap that ends where the lines below begin belongs to them, not to a collection that nobody has closed. */
const isLimit = ({ limit, watch, text }: FlowSource, at: number): boolean => at >= limit && at < text.length && watch.offset >= limit;

const isColon = (text: string, at: number): boolean => /[\s,[\]{}]/.test(text[at + 1] ?? ' ');

function endsPlain(text: string, at: number): boolean {
  const character = text[at] ?? '';
  if (',[]{}\n\r'.includes(character)) return true;
  if (character === ':') return isColon(text, at);
  return character === '#' && /\s/.test(text[at - 1] ?? '');
}
