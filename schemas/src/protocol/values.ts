import * as z from 'zod';

/** Answer of `ict/refreshValues`: when the values were read, milliseconds since 1970; null when they are not known. */
export const refreshValuesResult = z.object({ readAtMs: z.number().nullable() });
export type RefreshValuesResult = z.output<typeof refreshValuesResult>;

/** Parameters of `ict/valuesChanged`. */
export const valuesChangedParams = z.object({ kinds: z.array(z.enum(['cloud', 'results', 'prices'])) });
export type ValuesChangedParams = z.output<typeof valuesChangedParams>;
