import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import type * as z from 'zod';
import type { Locate, ValuePath } from '../parse/position-tree.ts';
import { explainKeys } from './explain-keys.ts';
import { explainChoice, explainEmpty, explainLeaf, explainName, explainType } from './explain-leaf.ts';
import { discriminatorValues, hasKind, pickBranch } from './pick-branch.ts';
import { isMapping, kindOf, type SchemaKind } from './schema-kind.ts';

/** Where the messages of one value go and how they find their places. */
export interface Explanation {
  readonly locate: Locate;
  readonly diagnostics: Diagnostic[];
}

/**
 * Says what is wrong with a value by its schema, as diagnostics: one mistake, one message. zod decides *whether* a value
 * is right; this walks the schema beside the value to say *what* is wrong, because zod's own messages mark a whole entry
 * for one misspelt key. Works on any part of a file: `basePath` is where `value` stands, `locate` takes whole paths.
 */
export function explainValue(schema: z.ZodType, value: unknown, basePath: ValuePath, locate: Locate): readonly Diagnostic[] {
  if (schema.safeParse(value).success) return [];
  const explanation: Explanation = { locate, diagnostics: [] };
  explain(schema, value, basePath, explanation);
  // The walk knows every kind of check the format uses today; a new kind must not make a wrong file look right.
  if (explanation.diagnostics.length === 0) explainLeaf(schema, value, basePath, explanation);
  return explanation.diagnostics;
}

function explain(schema: z.ZodType, value: unknown, path: ValuePath, to: Explanation): void {
  const kind = kindOf(schema);
  if (value === null && kind.kind !== 'anything') {
    explainEmpty(schema, path, to);
    return;
  }
  switch (kind.kind) {
    case 'mapping':
      if (isMapping(value)) explainMapping(kind.shape, value, path, to);
      else explainType(schema, value, path, to);
      return;
    case 'record':
      if (isMapping(value)) explainRecord(kind, value, path, to);
      else explainType(schema, value, path, to);
      return;
    case 'list':
      explainList(schema, kind.item, value, path, to);
      return;
    case 'union':
      explainUnion(schema, kind, value, path, to);
      return;
    default:
      if (!schema.safeParse(value).success) explainLeaf(schema, value, path, to);
  }
}

function explainMapping(
  shape: Readonly<Record<string, z.ZodType>>,
  value: Readonly<Record<string, unknown>>,
  path: ValuePath,
  to: Explanation,
): void {
  explainKeys(shape, value, path, to);
  for (const [key, member] of Object.entries(value)) {
    const field = Object.hasOwn(shape, key) ? shape[key] : undefined;
    if (field) explain(field, member, [...path, key], to);
  }
}

function explainRecord(
  kind: Extract<SchemaKind, { kind: 'record' }>,
  value: Readonly<Record<string, unknown>>,
  path: ValuePath,
  to: Explanation,
): void {
  for (const [name, member] of Object.entries(value)) {
    if (!kind.key.safeParse(name).success) explainName(kind.key, name, [...path, name], to);
    if (!kind.value.safeParse(member).success) explain(kind.value, member, [...path, name], to);
  }
}

function explainList(schema: z.ZodType, item: z.ZodType, value: unknown, path: ValuePath, to: Explanation): void {
  if (!Array.isArray(value)) {
    explainType(schema, value, path, to);
    return;
  }
  const before = to.diagnostics.length;
  for (const [index, member] of value.entries()) explain(item, member, [...path, index], to);
  if (to.diagnostics.length === before && !schema.safeParse(value).success) explainLeaf(schema, value, path, to);
}

function explainUnion(
  schema: z.ZodType,
  kind: Extract<SchemaKind, { kind: 'union' }>,
  value: unknown,
  path: ValuePath,
  to: Explanation,
): void {
  if (schema.safeParse(value).success) return;
  const branch = pickBranch(kind, value);
  if (branch && kindOf(branch).kind !== 'text' && kindOf(branch).kind !== 'choice') {
    explain(branch, value, path, to);
    return;
  }
  const { discriminator } = kind;
  if (discriminator !== undefined && isMapping(value)) {
    const allowed = discriminatorValues(kind.options, discriminator);
    if (Object.hasOwn(value, discriminator)) explainChoice(allowed, value[discriminator], [...path, discriminator], to);
    else explainKeys({ [discriminator]: schema }, { ...value }, path, to, 'only-missing');
    return;
  }
  // A text of the wrong form (`2 gig`) is told all that would be right, not one alternative's pattern.
  if (hasKind(schema, value)) explainLeaf(schema, value, path, to);
  else explainType(schema, value, path, to);
}
