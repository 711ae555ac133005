import * as z from 'zod';
import { wireBoolean, wireInt } from '#schemas/cloud/wire-values.ts';
import { invalidRequest } from '../errors/api-error.ts';

/** A number, or a number in a string. */
export const inputInt = wireInt;
/** A boolean, or `"true"`, `"True"`. */
export const inputBoolean = wireBoolean;
/** Text that is not blank; numbers are taken as their text. */
export const inputText = z.union([z.string(), z.number().transform(String)]).pipe(z.string().trim().min(1));
/**
 * Ids in a list; one alone is a list of one. A .NET client writes the name of its list's type instead of the ids
 * (``System.Collections.Generic.List`1[System.Int32]``). It was published and used for years, and the API ignores what it does not
 * understand elsewhere (an unknown data centre, unknown names), so that counts as no ids; any other word is refused.
 */
export const inputIds = z.preprocess(
  (value) => (Array.isArray(value) ? value : [value]).filter((one) => !(typeof one === 'string' && /^System\.[\w.]+`1\[/.test(one))),
  z.array(wireInt),
);

/** A field that may be missing; null and `""` count as missing. */
export const maybe = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === null || value === '' ? undefined : value), schema.optional());

/**
 * Reads a body as the provider does: names are matched without regard to case (`ImageID`, `imageID`, `ImageId` are one) and unknown
 * ones are ignored. Throws a 400 whose `ModelState` names the fields as `fields` spells them.
 */
export const readInput = <Shape extends z.ZodRawShape>(body: Readonly<Record<string, unknown>>, fields: Shape) => {
  const byName = new Map(Object.entries(body).map(([name, value]) => [name.toLowerCase(), value]));
  const known = Object.keys(fields).flatMap((name) => {
    const value = byName.get(name.toLowerCase());
    return value === undefined || value === null ? [] : [[name, value] as const];
  });
  const parsed = z.object(fields).safeParse(Object.fromEntries(known));
  if (parsed.success) return parsed.data;
  const given = new Map<string, unknown>(known);
  const wrong = new Set(parsed.error.issues.map((issue) => String(issue.path[0] ?? '')));
  throw invalidRequest(
    Object.fromEntries(
      [...wrong].map((name) => [
        name,
        [given.has(name) ? `The value ${JSON.stringify(given.get(name))} is not valid for ${name}.` : `The ${name} field is required.`],
      ]),
    ),
  );
};
