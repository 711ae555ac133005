import type * as z from 'zod';

/** A value read by its schema, and the paths of optional parts that were dropped because they made no sense. */
export type Parsed<Value> =
  | { readonly kind: 'parsed'; readonly value: Value; readonly dropped: readonly string[] }
  | { readonly kind: 'unreadable'; readonly problems: readonly string[] };

/** Dropping a part can bring a further problem to light, once per level of nesting. */
const MAX_PASSES = 4;

/**
 * Parses an answer and forgives garbage in optional fields: the offending part is dropped and the rest is read (API reference,
 * section 16). Something required that is missing or wrong stays an error, and no item of a top-level list is ever dropped:
 * an object left out of a list would look deleted. Problems name paths, never values.
 */
export function parseTolerantly<Schema extends z.ZodType>(schema: Schema, json: unknown): Parsed<z.output<Schema>> {
  const dropped: string[] = [];
  let current = json;
  for (let pass = 1; ; pass += 1) {
    const result = schema.safeParse(current);
    if (result.success) return { kind: 'parsed', value: result.data, dropped };
    const paths = result.error.issues.map((issue) => issue.path);
    const problems = paths.map(describePath);
    if (pass === MAX_PASSES || paths.some((path) => !isDroppable(path))) return { kind: 'unreadable', problems };
    dropped.push(...problems);
    current = without(current, paths);
  }
}

/** At least one step into an object: neither the whole answer nor an item of a top-level list. */
const isDroppable = (path: readonly PropertyKey[]): boolean => path.some((key) => typeof key !== 'number');

const describePath = (path: readonly PropertyKey[]): string => path.map(String).join('.') || '(whole answer)';

/** A copy of `value` that lacks what stands at the paths. */
function without(value: unknown, paths: readonly (readonly PropertyKey[])[]): unknown {
  const isHit = (key: PropertyKey): boolean => paths.some((path) => path.length === 1 && path[0] === key);
  const below = (key: PropertyKey) => paths.filter((path) => path.length > 1 && path[0] === key).map((path) => path.slice(1));
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return items.flatMap((item, index) => (isHit(index) ? [] : [without(item, below(index))]));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]: [string, unknown]) => (isHit(key) ? [] : [[key, without(item, below(key))]])),
  );
}
