import * as z from 'zod';
import type { Text } from './text.ts';

/** The stored form of a {@link Text}, checked where a plan, journal or event is read back. */
export const textSchema: z.ZodType<Text> = z.lazy(() =>
  z.object({
    text: z.string(),
    args: z.array(z.union([z.string(), z.number(), textSchema])).optional(),
    plural: z.object({ count: z.number(), one: z.string() }).optional(),
  }),
) as z.ZodType<Text>;
