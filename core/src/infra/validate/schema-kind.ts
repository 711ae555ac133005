import type * as z from 'zod';

/** A schema with its wrappers taken off, as the message layer looks at it. */
export type SchemaKind =
  | { readonly kind: 'mapping'; readonly shape: Readonly<Record<string, z.ZodType>> }
  | { readonly kind: 'record'; readonly key: z.ZodType; readonly value: z.ZodType }
  | { readonly kind: 'list'; readonly item: z.ZodType }
  | { readonly kind: 'union'; readonly options: readonly z.ZodType[]; readonly discriminator?: string }
  | { readonly kind: 'choice'; readonly values: readonly (string | number | boolean)[] }
  | { readonly kind: 'text' | 'number' | 'whole-number' | 'boolean' | 'anything' };

/** The fields of zod's definitions that we read. */
interface Definition {
  readonly type: string;
  readonly innerType?: z.ZodType;
  readonly in?: z.ZodType;
  readonly getter?: () => z.ZodType;
  readonly shape?: Readonly<Record<string, z.ZodType>>;
  readonly keyType?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly element?: z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly discriminator?: string;
  readonly values?: readonly (string | number | boolean)[];
  readonly entries?: Readonly<Record<string, string | number>>;
  readonly format?: string;
}

const definitionOf = (schema: z.ZodType): Definition => schema.def;

/** Takes off what changes the value but not what the user writes: optional, default, transformations. */
export function unwrap(schema: z.ZodType): z.ZodType {
  const { type, innerType, in: input, getter } = definitionOf(schema);
  if (innerType) return unwrap(innerType);
  if (type === 'pipe' && input) return unwrap(input);
  if (type === 'lazy' && getter) return unwrap(getter());
  return schema;
}

/** What kind of value a schema takes. */
export function kindOf(wrapped: z.ZodType): SchemaKind {
  const definition = definitionOf(unwrap(wrapped));
  switch (definition.type) {
    case 'object':
      return { kind: 'mapping', shape: definition.shape ?? {} };
    case 'record':
      return definition.keyType && definition.valueType
        ? { kind: 'record', key: definition.keyType, value: definition.valueType }
        : { kind: 'anything' };
    case 'array':
      return definition.element ? { kind: 'list', item: definition.element } : { kind: 'anything' };
    case 'union': {
      const { options = [], discriminator } = definition;
      return { kind: 'union', options, ...(discriminator === undefined ? {} : { discriminator }) };
    }
    case 'enum':
      return { kind: 'choice', values: Object.values(definition.entries ?? {}) };
    case 'literal':
      return { kind: 'choice', values: definition.values ?? [] };
    case 'string':
    case 'template_literal':
      return { kind: 'text' };
    case 'number':
      return { kind: definition.format?.includes('int') ? 'whole-number' : 'number' };
    case 'boolean':
      return { kind: 'boolean' };
    default:
      return { kind: 'anything' };
  }
}

/** Whether a key with this schema may be left out. */
export const isOptional = (schema: z.ZodType): boolean => schema.safeParse(undefined).success;

export const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
