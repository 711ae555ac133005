import * as z from 'zod';
import type { Text } from '../text/text.ts';
import { ansibleTypeOf, type AnsibleType } from './variable-types.ts';

/** A variable of a playbook that ict ships, or a part of a mapping that is given in one. */
export interface PlaybookVariable {
  readonly name: string;
  readonly type: AnsibleType;
  /** Type of the members of a list. */
  readonly elements?: AnsibleType;
  readonly summary: Text;
  readonly isRequired: boolean;
  readonly defaultValue?: unknown;
  /** The only values it may have. */
  readonly choices?: readonly string[];
  /** Parts of the mapping, or of each mapping in the list. There are no others. */
  readonly options?: readonly PlaybookVariable[];
  /** Whether Ansible takes a value of the file for the type; a template always is, its value is known only at the run. */
  accepts(value: unknown): boolean;
}

/** The variables of a playbook's schema, in its order. Throws for a type that is none of `variable-types.ts`: a mistake of ours. */
export const describeVariables = (schema: z.ZodObject): readonly PlaybookVariable[] =>
  Object.entries(schema.shape).map(([name, field]) => describe(name, field));

function describe(name: string, field: z.core.$ZodType): PlaybookVariable {
  const { type, given, isRequired } = unwrap(field);
  const known = ansibleTypeOf(type);
  const description = z.globalRegistry.get(field)?.description;
  if (known === undefined || description === undefined) throw new Error(`variable ${name} has no type or no description`);
  const { options, ...rest } = known;
  return {
    name,
    ...rest,
    summary: { text: description },
    isRequired,
    ...(given === undefined ? {} : { defaultValue: given.value }),
    ...(options === undefined ? {} : { options: describeVariables(options) }),
    accepts: (value) => z.safeParse(type, value).success,
  };
}

/** The type below `optional` and `default`. */
function unwrap(field: z.core.$ZodType): {
  readonly type: z.core.$ZodType;
  readonly given?: { readonly value: unknown };
  readonly isRequired: boolean;
} {
  if (field instanceof z.ZodOptional) return { ...unwrap(field.def.innerType), isRequired: false };
  if (field instanceof z.ZodDefault || field instanceof z.ZodPrefault) {
    return { ...unwrap(field.def.innerType), given: { value: field.def.defaultValue }, isRequired: false };
  }
  return { type: field, isRequired: true };
}
