import type { Outline, OutlineNode, Token } from './outline.ts';
import { endsKey, isBlank, isBreak, isFlowSign, readPlain, readQuoted, skipBlanks, startsComment, startsQuote } from './scan-scalar.ts';

const [AND, STAR, DASH, EXCLAMATION, PERCENT] = [38, 42, 45, 33, 37];
const BLOCK_TEXT = /[|>][-+\d]*[ \t]*(?=#|[\r\n]|$)/y;
const MARKER = /(?:---|\.\.\.)(?=[ \t\r\n]|$)/y;
/** What is nested deeper is not looked into: dashes on one line and brackets nest as deep as somebody likes. */
const MAX_DEPTH = 100;

/** Reads the outline of a text line by line. It takes any text: what no parser accepts gives an outline of what is there. */
export const scanOutline = (text: string, lineStarts: readonly number[]): Outline => new OutlineScanner(text, lineStarts).scan();

class OutlineScanner {
  readonly #text: string;
  readonly #lineStarts: readonly number[];
  readonly #roots: OutlineNode[] = [];
  readonly #commentLines: number[] = [];
  /** Open nodes from the outermost, with the columns they began in. */
  readonly #stack: { readonly node: OutlineNode; readonly column: number }[] = [];
  #line = 0;

  constructor(text: string, lineStarts: readonly number[]) {
    this.#text = text;
    this.#lineStarts = lineStarts;
  }

  scan(): Outline {
    for (this.#line = 0; this.#line < this.#lineStarts.length; this.#line += 1) {
      const start = this.#lineStarts[this.#line] ?? 0;
      // A byte order mark is no part of the first line.
      let at = skipBlanks(this.#text, this.#text.charCodeAt(start) === 0xfeff ? start + 1 : start);
      const code = this.#text.charCodeAt(at);
      if (isBreak(code)) continue;
      if (startsComment(this.#text, at)) {
        this.#commentLines.push(this.#line);
        continue;
      }
      if (at === start && (code === PERCENT || ((code === DASH || code === 46) && this.#matches(MARKER, at)))) {
        this.#stack.length = 0;
        if (code === PERCENT) continue;
        at = skipBlanks(this.#text, at + 3);
        if (isBreak(this.#text.charCodeAt(at)) || startsComment(this.#text, at)) continue;
      }
      this.#readLine(at, start);
    }
    return { roots: this.#roots, commentLines: this.#commentLines, lineStarts: this.#lineStarts };
  }

  #readLine(first: number, lineStart: number): void {
    let at = first;
    while (this.#text.charCodeAt(at) === DASH && (isBlank(this.#text.charCodeAt(at + 1)) || isBreak(this.#text.charCodeAt(at + 1)))) {
      const column = this.#columnOf(lineStart, at);
      // A list may stand in the column of its key.
      this.#leave((open, kind) => open > column || (open === column && kind !== 'pair'));
      if (this.#stack.length >= MAX_DEPTH) return;
      this.#enter('item', at, at + 1, undefined, column);
      at = skipBlanks(this.#text, at + 1);
      if (isBreak(this.#text.charCodeAt(at)) || startsComment(this.#text, at)) return;
    }
    const column = this.#columnOf(lineStart, at);
    const afterProperties = this.#skipProperties(at);
    const key = this.#readKey(afterProperties);
    if (key) {
      this.#leave((open) => open >= column);
      if (this.#stack.length >= MAX_DEPTH) return;
      const node = this.#enter('pair', at, key.end + 1, key, column);
      this.#readValue(node, skipBlanks(this.#text, this.#text.indexOf(':', key.end) + 1), column);
      return;
    }
    const top = this.#stack.at(-1);
    if (top && top.column < column && !top.node.value && !top.node.brackets && top.node.children.length === 0) {
      this.#readValue(top.node, at, top.column);
    } else if (top && top.column < column && top.node.kind !== 'text') {
      extend(top.node, readPlain(this.#text, at, false).end);
    } else {
      this.#leave((open) => open >= column);
      const node = this.#enter('text', at, at, undefined, column);
      this.#readValue(node, at, column - 1);
      this.#stack.pop();
    }
  }

  /** Reads what follows a key or dash: nothing, or a value that may reach over several lines. */
  #readValue(node: OutlineNode, from: number, ownerColumn: number): void {
    const at = this.#skipProperties(from);
    const code = this.#text.charCodeAt(at);
    if (isBreak(code) || startsComment(this.#text, at)) return;
    if ((code === 124 || code === 62) && this.#matches(BLOCK_TEXT, at)) this.#skipBlockText(node, at, ownerColumn);
    else if (code === 91 || code === 123) {
      this.#moveTo(this.#readFlow(node, at, ownerColumn, 0));
    } else {
      node.value = startsQuote(this.#text, at) ? readQuoted(this.#text, at, ownerColumn) : this.#readRest(at);
      extend(node, node.value.end);
      this.#moveTo(node.value.end);
    }
  }

  /** A plain scalar in a block; colons in it are the parser's business. */
  #readRest(start: number): Token {
    let token = readPlain(this.#text, start, false);
    while (endsKey(this.#text, token.end, false) || endsKey(this.#text, skipBlanks(this.#text, token.end), false)) {
      const more = readPlain(this.#text, this.#text.indexOf(':', token.end) + 1, false);
      token = { start, end: more.end, text: this.#text.slice(start, more.end), quote: '' };
    }
    return token;
  }

  #skipBlockText(node: OutlineNode, header: number, ownerColumn: number): void {
    node.isBlockText = true;
    extend(node, header + 1);
    while (this.#line + 1 < this.#lineStarts.length) {
      const start = this.#lineStarts[this.#line + 1] ?? 0;
      const at = skipBlanks(this.#text, start);
      const isEmpty = isBreak(this.#text.charCodeAt(at));
      if (!isEmpty && at - start <= ownerColumn) return;
      this.#line += 1;
      if (!isEmpty) extend(node, this.#endOfLine(at));
    }
  }

  /** Reads a collection in brackets; gives the offset behind it. */
  #readFlow(owner: OutlineNode, start: number, ownerColumn: number, depth: number): number {
    const brackets = { start, end: start + 1, isClosed: false };
    owner.brackets = brackets;
    const isMapping = this.#text.charCodeAt(start) === 123;
    let at = start + 1;
    let index = 0;
    for (;;) {
      at = this.#skipSpace(at, ownerColumn);
      const code = this.#text.charCodeAt(at);
      if (at >= this.#text.length || isBreak(code)) break;
      if (code === 93 || code === 125) {
        at += 1;
        brackets.isClosed = true;
        break;
      }
      at = code === 44 ? at + 1 : this.#readMember(owner, at, { isMapping, index, ownerColumn, depth });
      if (code !== 44) index += 1;
      if (at > brackets.end) brackets.end = at;
    }
    if (brackets.isClosed) brackets.end = at;
    extend(owner, brackets.end);
    return at;
  }

  #readMember(owner: OutlineNode, start: number, around: FlowPlace): number {
    const { isMapping, index, ownerColumn, depth } = around;
    const from = this.#skipProperties(start);
    const code = this.#text.charCodeAt(from);
    if (code === 91 || code === 123) {
      const node = createNode(isMapping ? 'text' : 'item', owner, start, undefined, index);
      owner.children.push(node);
      return depth < MAX_DEPTH ? this.#readFlow(node, from, ownerColumn, depth + 1) : this.#endOfLine(from);
    }
    const token = startsQuote(this.#text, from) ? readQuoted(this.#text, from, ownerColumn) : readPlain(this.#text, from, true);
    const next = skipBlanks(this.#text, token.end);
    // After a quoted key the colon may stand alone.
    const isPair = this.#text[next] === ':' && (token.quote !== '' || endsKey(this.#text, next, true));
    if (!isPair) {
      const node = createNode(isMapping ? 'text' : 'item', owner, start, undefined, index);
      owner.children.push(node);
      node.value = token;
      extend(node, token.end);
      return Math.max(token.end, start + 1);
    }
    const parent = isMapping ? owner : createNode('item', owner, start, undefined, index);
    if (!isMapping) owner.children.push(parent);
    const node = createNode('pair', parent, start, token, 0);
    parent.children.push(node);
    extend(node, next + 1);
    const at = this.#skipProperties(skipBlanks(this.#text, next + 1));
    const value = this.#text.charCodeAt(at);
    if (value === 91 || value === 123) {
      if (depth >= MAX_DEPTH) return this.#endOfLine(at);
      const end = this.#readFlow(node, at, ownerColumn, depth + 1);
      extend(node, node.brackets?.end ?? end);
      return end;
    }
    if (isBreak(value) || isFlowSign(value) || startsComment(this.#text, at)) return at;
    node.value = startsQuote(this.#text, at) ? readQuoted(this.#text, at, ownerColumn) : readPlain(this.#text, at, true);
    extend(node, node.value.end);
    return Math.max(node.value.end, at + 1);
  }

  /** Skips blanks, comments and line breaks inside of brackets; stays at a line break when what follows stands too far left. */
  #skipSpace(from: number, ownerColumn: number): number {
    let at = skipBlanks(this.#text, from);
    for (;;) {
      if (startsComment(this.#text, at)) at = this.#endOfLine(at);
      const code = this.#text.charCodeAt(at);
      if (code !== 10 && code !== 13) return at;
      const lineStart = at + (code === 13 && this.#text.charCodeAt(at + 1) === 10 ? 2 : 1);
      const next = skipBlanks(this.#text, lineStart);
      const first = this.#text.charCodeAt(next);
      const isInside = isBreak(first) || first === 93 || first === 125 || first === 35 || next - lineStart > ownerColumn;
      if (!isInside) return at;
      at = next;
    }
  }

  /** Skips anchors and tags. */
  #skipProperties(from: number): number {
    let at = from;
    for (;;) {
      const code = this.#text.charCodeAt(at);
      if (code !== AND && code !== EXCLAMATION) return at;
      while (!isBlank(this.#text.charCodeAt(at)) && !isBreak(this.#text.charCodeAt(at))) at += 1;
      at = skipBlanks(this.#text, at);
    }
  }

  /** The key that a line begins with, if it does. */
  #readKey(at: number): Token | undefined {
    const code = this.#text.charCodeAt(at);
    if (code === 91 || code === 123 || code === STAR || startsComment(this.#text, at)) return undefined;
    if (startsQuote(this.#text, at)) {
      const token = readQuoted(this.#text, at, Number.MAX_SAFE_INTEGER);
      return endsKey(this.#text, skipBlanks(this.#text, token.end), false) ? token : undefined;
    }
    const token = readPlain(this.#text, at, false);
    return token.end > at && endsKey(this.#text, skipBlanks(this.#text, token.end), false) ? token : undefined;
  }

  #leave(isLeft: (column: number, kind: OutlineNode['kind']) => boolean): void {
    for (let top = this.#stack.at(-1); top && isLeft(top.column, top.node.kind); top = this.#stack.at(-1)) this.#stack.pop();
  }

  #enter(kind: OutlineNode['kind'], start: number, end: number, key: Token | undefined, column: number): OutlineNode {
    const parent = this.#stack.at(-1)?.node;
    const siblings = parent?.children ?? this.#roots;
    const last = siblings.at(-1);
    const node = createNode(kind, parent, start, key, kind === 'item' && last?.kind === 'item' ? last.index + 1 : 0);
    siblings.push(node);
    this.#stack.push({ node, column });
    extend(node, end);
    return node;
  }

  /** Column of an offset. A tab, which YAML does not allow there, moves as far in as it looks. */
  #columnOf(lineStart: number, at: number): number {
    let column = at - lineStart;
    for (let before = lineStart; before < at; before += 1) if (this.#text.charCodeAt(before) === 9) column += 7;
    return column;
  }

  /** Goes on with the line after the one that holds an offset. */
  #moveTo(offset: number): void {
    while (this.#line + 1 < this.#lineStarts.length && (this.#lineStarts[this.#line + 1] ?? 0) < offset) this.#line += 1;
  }

  #endOfLine(from: number): number {
    let at = from;
    while (!isBreak(this.#text.charCodeAt(at))) at += 1;
    return at;
  }

  #matches(pattern: RegExp, at: number): boolean {
    pattern.lastIndex = at;
    return pattern.test(this.#text);
  }
}

interface FlowPlace {
  readonly isMapping: boolean;
  readonly index: number;
  readonly ownerColumn: number;
  readonly depth: number;
}

const createNode = (
  kind: OutlineNode['kind'],
  parent: OutlineNode | undefined,
  start: number,
  key: Token | undefined,
  index: number,
): OutlineNode => ({
  kind,
  parent,
  key,
  index,
  start,
  end: start,
  value: undefined,
  brackets: undefined,
  isBlockText: false,
  children: [],
});

/** Lets a node and everything around it reach as far as an offset. */
function extend(node: OutlineNode, end: number): void {
  for (let at: OutlineNode | undefined = node; at; at = at.parent) if (at.end < end) at.end = end;
}
