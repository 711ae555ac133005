import { z } from 'zod';

/**
 * `ict/refreshValues`, client to server, a request: read what the account has and offers now, however young the last
 * reading is. Answers when it is read, or when it could not be.
 */
export const REFRESH_VALUES_METHOD = 'ict/refreshValues';

/** Answer of {@link REFRESH_VALUES_METHOD}: when the values were read, milliseconds since 1970; null when they are not known. */
export const refreshValuesResult = z.object({ readAtMs: z.number().nullable() });
export type RefreshValuesResult = z.output<typeof refreshValuesResult>;

/**
 * `ict/valuesChanged`, server to client, a notification: something from outside of the documents was read anew. Sent only
 * to a client that asked for it with `notifyValues`.
 */
export const VALUES_CHANGED_METHOD = 'ict/valuesChanged';

/** Parameters of {@link VALUES_CHANGED_METHOD}. */
export const valuesChangedParams = z.object({ kinds: z.array(z.enum(['cloud', 'results', 'prices'])) });
export type ValuesChangedParams = z.output<typeof valuesChangedParams>;
