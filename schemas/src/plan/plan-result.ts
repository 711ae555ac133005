import * as z from 'zod';
import { address } from '../infra/names.ts';
import { textSchema } from '../text/text-schema.ts';
import { plan } from './plan.ts';

/** What must be said before a plan is carried out; `question` names everything that is deleted. */
export const confirmation = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('none') }),
  z.object({ kind: z.literal('yes'), question: textSchema }),
  z.object({ kind: z.literal('name'), question: textSchema, expected: z.string(), recreated: z.array(address) }),
  z.object({ kind: z.literal('count'), question: textSchema, expected: z.number(), recreated: z.array(address) }),
]);

/** What `ict plan --json` prints, as far as other programs of ours read it. */
export const planResult = z.object({
  result: z.string(),
  exitCode: z.number(),
  plan: plan.optional(),
  confirmation: confirmation.optional(),
  diagnostics: z.array(z.object({ code: z.string(), severity: z.string(), message: z.string() })).optional(),
});
export type PlanResult = z.output<typeof planResult>;
