import * as z from 'zod';

/** Types of variables in Ansible's words, as `argument_specs.yml` has them. */
export type AnsibleType = 'str' | 'int' | 'bool' | 'list' | 'dict' | 'path';

/** What Ansible knows of a type; the rest of a variable (description, default, whether it is required) zod itself knows. */
export interface AnsibleTypeInfo {
  readonly type: AnsibleType;
  readonly elements?: AnsibleType;
  readonly choices?: readonly string[];
  /** Variables of a mapping, or of the mappings in a list. */
  readonly options?: z.ZodObject;
}

const infos = new WeakMap<z.core.$ZodType, AnsibleTypeInfo>();

/** What Ansible calls a type that was made here, also where a description was added since; undefined for any other. */
export const ansibleTypeOf = (type: z.core.$ZodType): AnsibleTypeInfo | undefined => {
  const { parent } = type._zod;
  return infos.get(type) ?? (parent === undefined ? undefined : ansibleTypeOf(parent));
};

const named = <Type extends z.core.$ZodType>(type: Type, info: AnsibleTypeInfo): Type => {
  infos.set(type, info);
  return type;
};

/** A value that is made only at the run: nobody knows its type before. */
const template = z.string().regex(/\{\{.+\}\}/s);

/** Text. Numbers and truth values are texts to Ansible. */
export const str = () => named(z.union([z.string(), z.number(), z.boolean()]), { type: 'str' });

/** Path of a file or folder. */
export const path = () => named(z.string().min(1), { type: 'path' });

/** Whole number, or a text that Ansible reads one from. */
export const int = () => named(z.union([z.int(), z.string().regex(/^\s*-?\d+\s*$/), template]), { type: 'int' });

const truthWord = z.string().regex(/^(yes|no|on|off|true|false|y|n|t|f|0|1)$/i);

/** Truth value, or a word that Ansible takes for one. */
export const bool = () => named(z.union([z.boolean(), z.literal([0, 1]), truthWord, template]), { type: 'bool' });

/** One of some words. */
export const choice = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  named(z.union([z.enum(words), template]), { type: 'str', choices: words });

/** List of texts, or one text that Ansible splits at its commas; one number is a list of it. */
export const listOfStr = () => named(z.union([z.array(str()), z.string(), z.number()]), { type: 'list', elements: 'str' });

/** List of mappings that have these variables and no others. */
export const listOfDict = <Shape extends z.ZodRawShape>(shape: Shape) => {
  const options = z.strictObject(shape);
  return named(z.union([z.array(z.union([options, template])), template]), { type: 'list', elements: 'dict', options });
};

/** Mapping that has these variables and no others. */
export const dictOf = <Shape extends z.ZodRawShape>(shape: Shape) => {
  const options = z.strictObject(shape);
  return named(z.union([options, template]), { type: 'dict', options });
};

/** Mapping of anything. */
export const dict = () => named(z.union([z.record(z.string(), z.unknown()), template]), { type: 'dict' });
