import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Alias,
  type Document,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { PositionTree, Spans } from './position-tree.ts';

/** What only the conversion to values can see. Offsets are those of the key or alias it is about. */
export type ConversionProblem =
  | {
      readonly kind: 'duplicate-key';
      readonly start: number;
      readonly end: number;
      readonly key: string;
      readonly first: readonly [number, number];
    }
  | {
      readonly kind: 'unknown-alias';
      readonly start: number;
      readonly end: number;
      readonly alias: string;
      readonly anchors: readonly string[];
    }
  | {
      readonly kind: 'alias-expansion' | 'nested-too-deeply' | 'merge-value' | 'reserved-key';
      readonly start: number;
      readonly end: number;
    };

/** Levels that may be nested in each other. A real infra file has ten. */
export const MAX_DEPTH = 100;
/** Unknown aliases that are explained: each explanation compares its name with all anchors. */
const MAX_UNKNOWN_ALIASES = 50;
/** Characters of a key that is a collection: such keys in each other would double in length with each level. */
const MAX_KEY_LENGTH = 200;
/** Nodes that all aliases of a file together may stand for. Ten thousand servers with a merged base are well below. */
const MAX_ALIASED_NODES = 500_000;

/** Values of one anchor, once it is complete. */
interface Anchored {
  readonly value: unknown;
  /** Nodes in it, aliases counted by what they stand for. */
  readonly nodes: number;
}

/** Start and end of a key and of its value. */
type Place = readonly [number, number, number, number];

/** Places of the members of one mapping, by key. */
type Places = Map<string, Place>;

/** Turns a parsed document into plain values and the places of everything in them, in one walk. */
export function convertDocument(document: Document.Parsed): { tree: PositionTree; problems: readonly ConversionProblem[] } {
  const converter = new Converter();
  const contents: unknown = document.contents;
  const root = converter.convert(contents, 0);
  const [start, end] = spanOf(contents) ?? [0, 0];
  return { tree: { root, rootSpan: [start, converter.endOf(contents, end)], spans: converter.spans }, problems: converter.problems };
}

class Converter {
  readonly spans = new Map<object, Spans>();
  readonly problems: ConversionProblem[] = [];
  readonly #anchors = new Map<string, Anchored | 'open'>();
  readonly #ends = new Map<unknown, number>();
  #nodes = 0;
  #aliasedNodes = 0;
  #unknownAliases = 0;

  convert(node: unknown, depth: number): unknown {
    this.#nodes += 1;
    if (isAlias(node)) return this.#convertAlias(node);
    if (depth > MAX_DEPTH) return this.#report('nested-too-deeply', node);
    const anchor = isScalar(node) || isMap(node) || isSeq(node) ? node.anchor : undefined;
    const before = this.#nodes;
    if (anchor !== undefined) this.#anchors.set(anchor, 'open');
    const value = this.#convertContent(node, depth);
    if (anchor !== undefined) this.#anchors.set(anchor, { value, nodes: this.#nodes - before + 1 });
    return value;
  }

  /** End of the last thing in a node. The library's own end of a block includes the blank lines and comments after it. */
  endOf(node: unknown, fallback: number): number {
    return this.#ends.get(node) ?? spanOf(node)?.[1] ?? fallback;
  }

  #convertContent(node: unknown, depth: number): unknown {
    if (isScalar(node)) return node.value;
    if (isMap(node)) return this.#convertMap(node, depth);
    if (isSeq(node)) return this.#convertList(node, depth);
    return null;
  }

  #convertMap(map: YAMLMap, depth: number): unknown {
    const object: Record<string, unknown> = {};
    const places: Places = new Map();
    const merges: Pair[] = [];
    let end = spanOf(map)?.[0] ?? 0;
    for (const pair of map.items) {
      if (isMergeKey(pair.key)) {
        merges.push(pair);
        continue;
      }
      const key = this.#keyOf(pair.key, depth);
      const keySpan = spanOf(pair.key) ?? [end, end];
      if (this.#isTaken(places, key, keySpan)) continue;
      const value = this.convert(pair.value, depth + 1);
      const valueSpan = this.#valueSpan(pair.value, keySpan);
      object[key] = value;
      places.set(key, [...keySpan, ...valueSpan]);
      end = valueSpan[1];
    }
    for (const pair of merges) {
      this.#merge(pair, object, places, depth);
      end = Math.max(end, this.endOf(pair.value, end));
    }
    this.#close(
      map,
      object,
      // Numbers among the keys do not stay where they were written.
      Object.keys(object).flatMap((key) => places.get(key) ?? []),
      end,
    );
    return object;
  }

  #isTaken(places: Places, key: string, [start, end]: readonly [number, number]): boolean {
    if (key === '__proto__') {
      this.problems.push({ kind: 'reserved-key', start, end });
      return true;
    }
    const place = places.get(key);
    if (!place) return false;
    this.problems.push({ kind: 'duplicate-key', start, end, key, first: [place[0], place[1]] });
    return true;
  }

  #convertList(list: YAMLSeq, depth: number): unknown {
    const values: unknown[] = [];
    const spans: number[] = [];
    let end = spanOf(list)?.[0] ?? 0;
    for (const item of list.items) {
      const node = isPair(item) ? item.value : item;
      values.push(this.convert(node, depth + 1));
      const span = this.#valueSpan(node, [end, end]);
      spans.push(span[0], span[1], span[0], span[1]);
      end = span[1];
    }
    this.#close(list, values, spans, end);
    return values;
  }

  #close(node: YAMLMap | YAMLSeq, container: object, spans: Spans, end: number): void {
    this.spans.set(container, spans);
    if (!node.flow) this.#ends.set(node, end);
  }

  #merge(pair: Pair, object: Record<string, unknown>, places: Places, depth: number): void {
    const value = this.convert(pair.value, depth + 1);
    const sources = Array.isArray(value) ? (value as unknown[]) : [value];
    for (const source of sources) {
      if (typeof source !== 'object' || source === null || Array.isArray(source)) {
        // A failed alias has its own message already.
        if (this.problems.length === 0) this.#report('merge-value', pair.key);
        continue;
      }
      const from = this.spans.get(source) ?? [];
      for (const [index, key] of Object.keys(source).entries()) {
        if (places.has(key)) continue;
        object[key] = (source as Record<string, unknown>)[key];
        places.set(key, from.slice(index * 4, index * 4 + 4) as unknown as Place);
      }
    }
  }

  #convertAlias(alias: Alias): unknown {
    const anchored = this.#anchors.get(alias.source);
    if (anchored === undefined || anchored === 'open') {
      this.#unknownAliases += 1;
      if (this.#unknownAliases > MAX_UNKNOWN_ALIASES) return null;
      const [start, end] = spanOf(alias) ?? [0, 0];
      const anchors = [...this.#anchors].flatMap(([name, state]) => (state === 'open' ? [] : [name]));
      this.problems.push({ kind: 'unknown-alias', start, end, alias: alias.source, anchors });
      return null;
    }
    this.#nodes += anchored.nodes;
    this.#aliasedNodes += anchored.nodes;
    if (this.#aliasedNodes <= MAX_ALIASED_NODES) return anchored.value;
    return this.#report('alias-expansion', alias);
  }

  #report(kind: 'alias-expansion' | 'nested-too-deeply' | 'merge-value', node: unknown): null {
    const [start, end] = spanOf(node) ?? [0, 0];
    // One cause, one message: a bomb overflows at each of its aliases.
    if (!this.problems.some((problem) => problem.kind === kind)) this.problems.push({ kind, start, end });
    return null;
  }

  /** Text of a key. A plain one counts as it is written: `0x10:` is the key `0x10`. */
  #keyOf(key: unknown, depth: number): string {
    if (isScalar(key)) return key.type === 'PLAIN' ? (key.source ?? '') : toKey(key);
    const value = this.convert(key, depth + 1);
    return typeof value === 'string' ? value : JSON.stringify(value).slice(0, MAX_KEY_LENGTH);
  }

  #valueSpan(node: unknown, fallback: readonly [number, number]): readonly [number, number] {
    const span = spanOf(node);
    if (!span || (isScalar(node) && node.value === null && span[0] === span[1])) return fallback;
    return [span[0], this.endOf(node, span[1])];
  }
}

const toKey = (key: Scalar): string => (typeof key.value === 'string' ? key.value : (JSON.stringify(key.value) ?? ''));

const isMergeKey = (key: unknown): boolean => isScalar(key) && key.value === '<<' && key.type === 'PLAIN';

function spanOf(node: unknown): readonly [number, number] | undefined {
  if (!isScalar(node) && !isMap(node) && !isSeq(node) && !isAlias(node)) return undefined;
  return node.range ? [node.range[0], node.range[1]] : undefined;
}
