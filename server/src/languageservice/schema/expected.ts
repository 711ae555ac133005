import type { ValuePath } from '#core/infra/parse/position-tree.ts';
import { discriminatorValues } from '#core/infra/validate/pick-branch.ts';
import { isOptional, kindOf, unwrap } from '#core/infra/validate/schema-kind.ts';
import { infraFile } from '#schemas/infra/infra-file.ts';
import type { Text } from '#schemas/text/text.ts';
import type * as z from 'zod';
import { findNode, findText, type ScannedNode } from '../cursor/scanned.ts';

/** One key that a mapping may hold. */
export interface ExpectedField {
  readonly name: string;
  readonly isRequired: boolean;
  /** What the key means; the English of it is the key of the catalogue. */
  readonly description: Text | undefined;
  /** Alternatives of the value; one, unless the mapping itself has alternatives. */
  readonly schemas: readonly z.ZodType[];
}

/** What may stand at a place of the file: any of these. */
export interface Expected {
  /** Keys of a mapping, required ones first; empty when no mapping with fixed keys can stand here. */
  readonly fields: readonly ExpectedField[];
  /** Value of freely chosen names. */
  readonly record: z.ZodType | undefined;
  readonly item: z.ZodType | undefined;
  /** Texts, numbers, words: every alternative that is neither a mapping nor a list. */
  readonly scalars: readonly z.ZodType[];
  readonly description: Text | undefined;
}

/** What may stand at a path. `root` are the lines around: they decide between alternatives (`type: telegram`). */
export function expectedAt(path: ValuePath, root: ScannedNode | undefined): Expected | undefined {
  const schemas = schemasAt(path, root);
  return schemas.length === 0 ? undefined : toExpected(schemas, findNode(root, path));
}

/** What may stand where any of these schemas holds. */
export function toExpected(schemas: readonly z.ZodType[], node?: ScannedNode): Expected {
  const branches = schemas.flatMap((schema) => branchesOf(schema, node));
  const kinds = branches.map((schema) => ({ schema, kind: kindOf(schema) }));
  return {
    fields: listFields(branches),
    record: kinds.flatMap(({ kind }) => (kind.kind === 'record' ? kind.value : []))[0],
    item: kinds.flatMap(({ kind }) => (kind.kind === 'list' ? kind.item : []))[0],
    scalars: kinds.filter(({ kind }) => !['mapping', 'record', 'list'].includes(kind.kind)).map(({ schema }) => schema),
    description: schemas.length === 1 && schemas[0] ? describe(schemas[0]) : undefined,
  };
}

/** The schema's own words. */
export function describe(schema: z.ZodType): Text | undefined {
  const text = schema.meta()?.description;
  if (text !== undefined) return { text };
  const { innerType, in: input } = schema.def as { readonly innerType?: z.ZodType; readonly in?: z.ZodType };
  const inner = innerType ?? input;
  return inner ? describe(inner) : undefined;
}

/** Words and numbers that a schema allows and nothing else; empty for free texts. */
export const choicesOf = (
  schemas: readonly z.ZodType[],
): readonly { readonly value: string | number | boolean; readonly schema: z.ZodType }[] =>
  schemas.flatMap((schema) => {
    const kind = kindOf(schema);
    if (kind.kind === 'boolean') return [true, false].map((value) => ({ value, schema }));
    return kind.kind === 'choice' ? kind.values.map((value) => ({ value, schema })) : [];
  });

function schemasAt(path: ValuePath, root: ScannedNode | undefined): readonly z.ZodType[] {
  let schemas: readonly z.ZodType[] = [infraFile];
  let node = root;
  for (const segment of path) {
    schemas = schemas.flatMap((schema) => branchesOf(schema, node).flatMap((branch) => childOf(branch, segment)));
    node = findNode(node, [segment]);
  }
  return schemas;
}

function childOf(schema: z.ZodType, segment: string | number): readonly z.ZodType[] {
  const kind = kindOf(schema);
  switch (kind.kind) {
    case 'mapping': {
      const child = typeof segment === 'string' && Object.hasOwn(kind.shape, segment) ? kind.shape[segment] : undefined;
      return child ? [child] : [];
    }
    case 'record':
      return typeof segment === 'string' && !isVariables(schema) ? [kind.value] : [];
    case 'list':
      return typeof segment === 'number' ? [kind.item] : [];
    default:
      return [];
  }
}

/** `vars`: what stands below is Ansible's. */
const isVariables = (schema: z.ZodType): boolean => {
  const kind = kindOf(schema);
  return kind.kind === 'record' && kindOf(kind.value).kind === 'anything';
};

/** Alternatives of a union, those excepted that its discriminator excludes; inner unions opened. */
function branchesOf(schema: z.ZodType, node: ScannedNode | undefined): readonly z.ZodType[] {
  const kind = kindOf(schema);
  if (kind.kind !== 'union') return [schema];
  const chosen = kind.discriminator === undefined ? undefined : findText(node, [kind.discriminator]);
  const { discriminator, options } = kind;
  const fitting =
    chosen === undefined || discriminator === undefined
      ? []
      : options.filter((option) => discriminatorValues([option], discriminator).map(String).includes(chosen));
  return (fitting.length > 0 ? fitting : options).flatMap((option) => branchesOf(option, node));
}

/** Keys of all alternatives. Where there are several, only what all of them require is required. */
function listFields(branches: readonly z.ZodType[]): readonly ExpectedField[] {
  const shapes = branches.flatMap((branch) => {
    const kind = kindOf(branch);
    return kind.kind === 'mapping' ? [kind.shape] : [];
  });
  const names = new Set(shapes.flatMap((shape) => Object.keys(shape)));
  const fields = [...names].map((name): ExpectedField => {
    const schemas = shapes.flatMap((shape) => shape[name] ?? []);
    return {
      name,
      isRequired: schemas.length === shapes.length && schemas.every((schema) => !isOptional(schema)),
      description: schemas[0] && sameUnwrapped(schemas) ? describe(schemas[0]) : undefined,
      schemas,
    };
  });
  return [...fields.filter(({ isRequired }) => isRequired), ...fields.filter(({ isRequired }) => !isRequired)];
}

const sameUnwrapped = (schemas: readonly z.ZodType[]): boolean => new Set(schemas.map(unwrap)).size === 1;
