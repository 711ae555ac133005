import { kindOf } from '#core/infra/validate/schema-kind.ts';
import { infraFile } from '#schemas/infra/infra-file.ts';
import type * as z from 'zod';

/** What the schema knows about a place in the file: whether its key is one of ours, and which words its value may be. */
export interface PlacePattern {
  readonly words: ReadonlySet<string>;
}

/** Deeper places do not exist outside of variables. */
const MAX_DEPTH = 8;

let known: ReadonlyMap<string, PlacePattern> | undefined;

/**
 * Places of the format: `servers.*.backup.period`, `alerts.*.on[]`; `*` is the name of an entry, `[]` any item. Read from
 * the schema when first asked for.
 */
export function listPatterns(): ReadonlyMap<string, PlacePattern> {
  if (known) return known;
  const patterns = new Map<string, { words: Set<string> }>();
  collect(infraFile, '', patterns, 0);
  known = patterns;
  return patterns;
}

function collect(schema: z.ZodType, pattern: string, patterns: Map<string, { words: Set<string> }>, depth: number): void {
  if (depth > MAX_DEPTH) return;
  const place = patterns.get(pattern) ?? { words: new Set<string>() };
  patterns.set(pattern, place);
  const kind = kindOf(schema);
  switch (kind.kind) {
    case 'mapping':
      for (const [key, field] of Object.entries(kind.shape))
        collect(field, pattern === '' ? key : `${pattern}.${key}`, patterns, depth + 1);
      break;
    case 'record':
      collect(kind.value, `${pattern}.*`, patterns, depth + 1);
      break;
    case 'list':
      collect(kind.item, `${pattern}[]`, patterns, depth + 1);
      break;
    case 'union':
      for (const option of kind.options) collect(option, pattern, patterns, depth);
      break;
    case 'choice':
      for (const word of kind.values) if (typeof word === 'string') place.words.add(word);
      break;
    case 'text':
    case 'number':
    case 'whole-number':
    case 'boolean':
    case 'anything':
      break;
    default:
      kind satisfies never;
  }
}
