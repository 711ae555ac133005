import * as z from 'zod';

/** What is kept of an operation so that it is found again after a reload; no secret is in it. */
export const operationNote = z.object({
  id: z.string(),
  /** Command line without the program. */
  words: z.array(z.string()),
  file: z.string(),
  title: z.string(),
  startedAt: z.iso.datetime(),
});
export type OperationNote = z.output<typeof operationNote>;
