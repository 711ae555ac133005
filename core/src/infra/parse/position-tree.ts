import type { SourceRange } from '#schemas/plan/plan.ts';
import type { LineIndex } from './line-index.ts';

/** A path into a parsed value: `['servers', 'web', 'playbooks', 0]`. */
export type ValuePath = readonly (string | number)[];

/** Finds where something stands: its key (for an item of a list: the item) or its value. */
export type Locate = (path: ValuePath, part: 'key' | 'value') => SourceRange;

/**
 * Places of the members of one mapping or list, in the order of `Object.keys`: four offsets for each, start and end of the key and of
 * the value.
 */
export type Spans = readonly number[];

/** Places of everything in one parsed text, by the identity of the container. Aliased values keep the place of their anchor. */
export interface PositionTree {
  readonly root: unknown;
  /** Place of the whole value. */
  readonly rootSpan: readonly [number, number];
  readonly spans: ReadonlyMap<object, Spans>;
}

/** Below this a linear search is faster than an index. */
const SMALL = 16;

/**
 * Makes the `locate` of one text. Nothing is computed before it is called. Where a path leads nowhere, the nearest
 * thing above it that exists is meant: a missing key is shown at the name of the entry that misses it.
 */
export function createLocate(tree: PositionTree, lines: LineIndex): Locate {
  const indexes = new Map<object, ReadonlyMap<string, number>>();
  return (path, part) => {
    let container: unknown = tree.root;
    // Where the place begins: in `offsets` at `at`. The whole text has no key, so its key is the empty place at its start.
    let offsets: readonly number[] = [tree.rootSpan[0], tree.rootSpan[0], ...tree.rootSpan];
    let at = 0;
    let isWhole = true;
    for (const segment of path) {
      const spans = isContainer(container) ? tree.spans.get(container) : undefined;
      const index = spans ? findMember(container as object, segment, indexes) : -1;
      if (!spans || index < 0) {
        isWhole = false;
        break;
      }
      offsets = spans;
      at = index * 4;
      container = (container as Record<string | number, unknown>)[segment];
    }
    const from = part === 'key' || !isWhole ? at : at + 2;
    return lines.toRange(offsets[from] ?? 0, offsets[from + 1] ?? 0);
  };
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;

function findMember(container: object, segment: string | number, indexes: Map<object, ReadonlyMap<string, number>>): number {
  if (Array.isArray(container)) return typeof segment === 'number' && segment < container.length ? segment : -1;
  const key = String(segment);
  let index = indexes.get(container);
  if (index) return index.get(key) ?? -1;
  const keys = Object.keys(container);
  if (keys.length < SMALL) return keys.indexOf(key);
  index = new Map(keys.map((name, at) => [name, at]));
  indexes.set(container, index);
  return index.get(key) ?? -1;
}
