import { z } from 'zod';
import { ansibleTypeOf, type AnsibleType } from './variable-types.ts';

/** A variable as `argument_specs.yml` would have it. */
export interface VariableDescription {
  readonly type: AnsibleType;
  readonly description: string;
  readonly elements?: AnsibleType;
  readonly required?: true;
  readonly default?: unknown;
  readonly choices?: readonly string[];
  readonly options?: Readonly<Record<string, VariableDescription>>;
}

/** The variables of a playbook's schema, by name. Throws for a type that is none of `variable-types.ts`: a mistake of ours. */
export const describeVariables = (schema: z.ZodObject): Readonly<Record<string, VariableDescription>> =>
  Object.fromEntries(Object.entries(schema.shape).map(([name, field]) => [name, describe(name, field)]));

function describe(name: string, field: z.core.$ZodType): VariableDescription {
  const { type, given, isRequired } = unwrap(field);
  const known = ansibleTypeOf(type);
  const description = z.globalRegistry.get(field)?.description;
  if (known === undefined || description === undefined) throw new Error(`variable ${name} has no type or no description`);
  const { options, ...rest } = known;
  return {
    ...rest,
    description,
    ...(isRequired ? { required: true } : {}),
    ...(given === undefined ? {} : { default: given.value }),
    ...(options === undefined ? {} : { options: describeVariables(options) }),
  };
}

/** The type below `optional` and `default`. */
function unwrap(field: z.core.$ZodType): { type: z.core.$ZodType; given?: { value: unknown }; isRequired: boolean } {
  if (field instanceof z.ZodOptional) return { ...unwrap(field.def.innerType), isRequired: false };
  if (field instanceof z.ZodDefault || field instanceof z.ZodPrefault) return { ...unwrap(field.def.innerType), given: { value: field.def.defaultValue }, isRequired: false };
  return { type: field, isRequired: true };
}
