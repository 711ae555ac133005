import { KEY, LineCursor } from './line-cursor.ts';
import { NotPlain, resolvePlainScalar } from './plain-scalar.ts';
import type { PositionTree, Spans } from './position-tree.ts';

const DOUBLE_QUOTED = /"[^"\\\t\r\n]*"/y;
const SINGLE_QUOTED = /'[^'\t\r\n]*'/y;
const FLOW_PLAIN = /[^\s,[\]{}:#"'&*!|>%@`][^,[\]{}:#"'\t\r\n]*/y;
const UNUSUAL =
  /\r(?!\n)|[^\t\n\r\u{20}-\u{7e}\u{a0}-\u{d7ff}\u{e000}-\u{fefe}\u{ff00}-\u{fffd}\u{10000}-\u{10ffff}]|[\u{85}\u{a0}\u{2028}\u{2029}]/u;
const OCTAL = /^0o[0-7]+$/;
const RESERVED_KEYS: ReadonlySet<string> = new Set(['null', 'Null', 'NULL', '__proto__']);
const MAX_DEPTH = 40;
const [SPACE, HASH, COLON, COMMA] = [32, 35, 58, 44];

/**
 * Reads the plain part of YAML in one pass: block mappings and lists, one-line flow collections, plain and simply quoted
 * scalars, comments. That is how nearly every infra file is written, and it takes a tenth of the time of a full parser.
 * Everything else (anchors, tags, block scalars, escapes, several lines, any error) gives undefined, and the caller takes
 * the full parser. What is read is equal to the full parser's answer, values and places; a property test keeps that true.
 */
export function readPlainYaml(text: string): PositionTree | undefined {
  if (UNUSUAL.test(text)) return undefined;
  try {
    return new PlainReader(text).readDocument();
  } catch (error) {
    if (error instanceof NotPlain) return undefined;
    throw error;
  }
}

class PlainReader extends LineCursor {
  readonly #spans = new Map<object, Spans>();
  #valueStart = 0;
  #valueEnd = 0;

  readDocument(): PositionTree {
    this.advance();
    if (this.column === 0 && this.text.slice(this.at, this.end) === '---') this.advance();
    if (this.column !== 0 || this.startsItem()) throw new NotPlain();
    const root = this.#readBlock(0);
    if (this.hasMore()) throw new NotPlain();
    return { root, rootSpan: [this.#valueStart, this.#valueEnd], spans: this.#spans };
  }

  /** Reads the block that begins on the current line; its place is left in `#valueStart` and `#valueEnd`. */
  #readBlock(depth: number): unknown {
    if (depth > MAX_DEPTH) throw new NotPlain();
    const start = this.at;
    const value = this.startsItem() ? this.#readList(depth) : this.#readMapping(depth);
    this.#valueStart = start;
    return value;
  }

  #readMapping(depth: number): unknown {
    const column = this.column;
    const object: Record<string, unknown> = {};
    const spans: number[] = [];
    while (this.column === column) {
      const keyStart = this.at;
      const key = this.#readKey();
      const keyEnd = keyStart + key.length;
      if (Object.hasOwn(object, key)) throw new NotPlain();
      object[key] = this.#readValue(column, keyStart, keyEnd, depth);
      spans.push(keyStart, keyEnd, this.#valueStart, this.#valueEnd);
    }
    this.#spans.set(object, spans);
    return object;
  }

  #readKey(): string {
    const key = this.match(KEY);
    if (RESERVED_KEYS.has(key) || this.code(this.at) !== COLON) throw new NotPlain();
    // What begins with a digit may be a number to a full parser, which keeps its text as the key: `0x10`, `1e5`.
    if (key.charCodeAt(0) < COLON && (!Number.isNaN(Number(key)) || OCTAL.test(key))) throw new NotPlain();
    this.at += 1;
    if (this.at < this.end && this.code(this.at) !== SPACE) throw new NotPlain();
    return key;
  }

  #readValue(column: number, keyStart: number, keyEnd: number, depth: number): unknown {
    this.skipSpaces();
    if (this.at < this.end && this.code(this.at) !== HASH) return this.#readInline(column, depth);
    this.advance();
    if (this.column > column || (this.column === column && this.startsItem())) return this.#readBlock(depth + 1);
    // Nothing stands there: the key stands for its own value.
    this.#valueStart = keyStart;
    this.#valueEnd = keyEnd;
    return null;
  }

  #readList(depth: number): unknown {
    const column = this.column;
    const list: unknown[] = [];
    const spans: number[] = [];
    while (this.column === column && this.startsItem()) {
      this.at += 1;
      const dash = this.at;
      this.skipSpaces();
      if (this.at >= this.end || this.code(this.at) === HASH) throw new NotPlain();
      const inner = column + 1 + this.at - dash;
      if (this.startsMapping()) {
        this.column = inner;
        list.push(this.#readBlock(depth + 1));
      } else list.push(this.#readInline(column, depth));
      spans.push(this.#valueStart, this.#valueEnd, this.#valueStart, this.#valueEnd);
    }
    this.#spans.set(list, spans);
    return list;
  }

  /** Reads a value on the rest of the line. A deeper next line would continue it, which the subset leaves out. */
  #readInline(column: number, depth: number): unknown {
    const start = this.at;
    const first = this.text[start];
    const value = first === '{' || first === '[' ? this.#readFlow(depth + 1) : this.#readBlockScalar();
    const end = this.at;
    this.skipSpaces();
    if (this.at < this.end && (this.code(this.at) !== HASH || this.at === end)) throw new NotPlain();
    this.advance();
    if (this.column > column) throw new NotPlain();
    this.#valueStart = start;
    this.#valueEnd = end;
    return value;
  }

  #readBlockScalar(): unknown {
    const quoted = this.#readQuoted();
    if (quoted !== undefined) return quoted;
    const line = this.text.slice(this.at, this.end);
    const comment = line.indexOf(' #');
    const source = trimSpaces(comment < 0 ? line : line.slice(0, comment));
    if (source.includes(': ') || source.endsWith(':') || source.includes('\t')) throw new NotPlain();
    this.at += source.length;
    return resolvePlainScalar(source);
  }

  #readQuoted(): string | undefined {
    const quote = this.text[this.at];
    if (quote !== '"' && quote !== "'") return undefined;
    const source = this.match(quote === '"' ? DOUBLE_QUOTED : SINGLE_QUOTED);
    return source.slice(1, -1);
  }

  #readFlow(depth: number): unknown {
    if (depth > MAX_DEPTH) throw new NotPlain();
    const first = this.text[this.at];
    if (first !== '{' && first !== '[') return this.#readQuoted() ?? this.#readFlowScalar();
    const isMapping = first === '{';
    const close = isMapping ? '}' : ']';
    const container: Record<string, unknown> | unknown[] = isMapping ? {} : [];
    const spans: number[] = [];
    this.at += 1;
    this.skipSpaces();
    while (this.text[this.at] !== close) {
      const start = this.at;
      if (isMapping) this.#readFlowMember(container as Record<string, unknown>, spans, depth);
      else {
        (container as unknown[]).push(this.#readFlow(depth + 1));
        spans.push(start, this.at, start, this.at);
      }
      this.skipSpaces();
      if (this.code(this.at) === COMMA) {
        this.at += 1;
        this.skipSpaces();
        if (this.text[this.at] === close) throw new NotPlain();
      } else if (this.text[this.at] !== close) throw new NotPlain();
    }
    this.at += 1;
    this.#spans.set(container, spans);
    return container;
  }

  #readFlowMember(object: Record<string, unknown>, spans: number[], depth: number): void {
    const keyStart = this.at;
    const key = this.#readKey();
    this.skipSpaces();
    if (this.at >= this.end || Object.hasOwn(object, key)) throw new NotPlain();
    const start = this.at;
    object[key] = this.#readFlow(depth + 1);
    spans.push(keyStart, keyStart + key.length, start, this.at);
  }

  #readFlowScalar(): unknown {
    const start = this.at;
    const source = trimSpaces(this.match(FLOW_PLAIN));
    this.at = start + source.length;
    return resolvePlainScalar(source);
  }
}

function trimSpaces(source: string): string {
  let end = source.length;
  while (end > 0 && source.charCodeAt(end - 1) === SPACE) end -= 1;
  return source.slice(0, end);
}
