import type * as z from 'zod';
import { kindOf, isMapping, isOptional, type SchemaKind } from './schema-kind.ts';

/**
 * The alternative of a union that the user most likely meant: by the discriminator's value, else the one of the same
 * kind as the value, and among mappings the one with most matching keys. Undefined when the value is of no
 * alternative's kind.
 */
export function pickBranch(union: Extract<SchemaKind, { kind: 'union' }>, value: unknown): z.ZodType | undefined {
  if (union.discriminator !== undefined)
    return isMapping(value) ? pickByDiscriminator(union.options, union.discriminator, value) : undefined;
  const fitting = union.options.filter((option) => hasKind(option, value));
  if (fitting.length <= 1 || !isMapping(value)) return fitting[0];
  return [...fitting].sort((a, b) => countMatches(b, value) - countMatches(a, value))[0];
}

function pickByDiscriminator(options: readonly z.ZodType[], key: string, value: Readonly<Record<string, unknown>>): z.ZodType | undefined {
  const member = value[key];
  return options.find((option) => fieldOf(option, key)?.safeParse(member).success);
}

/** The values that a discriminator may have, over all alternatives. */
export function discriminatorValues(options: readonly z.ZodType[], key: string): readonly (string | number | boolean)[] {
  return options.flatMap((option) => {
    const field = fieldOf(option, key);
    const kind = field && kindOf(field);
    return kind?.kind === 'choice' ? kind.values : [];
  });
}

function fieldOf(option: z.ZodType, key: string): z.ZodType | undefined {
  const kind = kindOf(option);
  return kind.kind === 'mapping' ? kind.shape[key] : undefined;
}

/** Whether a schema takes values of this kind at all. */
export function hasKind(schema: z.ZodType, value: unknown): boolean {
  const kind = kindOf(schema);
  switch (kind.kind) {
    case 'mapping':
    case 'record':
      return isMapping(value);
    case 'list':
      return Array.isArray(value);
    case 'union':
      return kind.options.some((option) => hasKind(option, value));
    case 'choice':
      return kind.values.some((allowed) => typeof allowed === typeof value);
    case 'text':
      return typeof value === 'string';
    case 'number':
    case 'whole-number':
      return typeof value === 'number';
    case 'boolean':
      return typeof value === 'boolean';
    case 'anything':
      return true;
    default:
      return kind satisfies never;
  }
}

function countMatches(option: z.ZodType, value: Readonly<Record<string, unknown>>): number {
  const kind = kindOf(option);
  if (kind.kind !== 'mapping') return 0;
  const present = Object.keys(value).filter((key) => key in kind.shape).length;
  const missing = Object.entries(kind.shape).filter(([key, field]) => !isOptional(field) && !(key in value)).length;
  return present - missing / 2;
}
