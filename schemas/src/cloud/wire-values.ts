import * as z from 'zod';

/** A number, or a number in a string with a decimal point or comma: the provider is not strict about either [client]. */
export const wireNumber = z.union([
  z.number(),
  z
    .string()
    .trim()
    .regex(/^[-+]?\d+(?:[.,]\d+)?$/, 'expected a number')
    .transform((value) => Number(value.replace(',', '.'))),
]);

/** A {@link wireNumber} without a fraction: ids, cores, megabytes, gigabytes. */
export const wireInt = wireNumber.pipe(z.int());

/** A boolean, `"true"`, `"True"`, or 0 and 1 [client for the request side, inferred for answers]. */
export const wireBoolean = z.union([
  z.boolean(),
  z
    .string()
    .trim()
    .regex(/^(?:true|false)$/i, 'expected true or false')
    .transform((value) => value.toLowerCase() === 'true'),
  z.literal([0, 1]).transform((value) => value === 1),
]);

/** Makes a field optional and nullable; null and absent both become undefined, since no client tells them apart. */
export const orAbsent = <Schema extends z.ZodType>(schema: Schema) =>
  z
    .union([schema, z.null()])
    .optional()
    .transform((value): z.output<Schema> | undefined => value ?? undefined);

/** A text where `""`, null and absent mean the same: addresses before a server is provisioned [client, obs. 2023]. */
export const wireAddress = z
  .string()
  .nullish()
  .transform((value) => (value === undefined || value === null || value.trim() === '' ? undefined : value.trim()));

/** A list that may be null or absent, which then is empty. */
export const wireList = <Item extends z.ZodType>(item: Item) =>
  z
    .array(item)
    .nullish()
    .transform((value): z.output<Item>[] => value ?? []);

/**
 * Puts `ID` where an object has `Id`: public networks are documented with the latter while clients read the former [doc][client].
 * Everything else passes unchanged.
 */
export const withUpperCaseId = (value: unknown): unknown => {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || 'ID' in value || !('Id' in value)) return value;
  const { Id, ...rest } = value;
  return { ID: Id, ...rest };
};
