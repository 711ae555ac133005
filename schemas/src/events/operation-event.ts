import * as z from 'zod';
import { address } from '../infra/names.ts';
import { plan } from '../plan/plan.ts';
import { textSchema } from '../text/text-schema.ts';
import { ansibleEvents } from './ansible-event.ts';

/** Version of the event stream, in its first record. */
export const EVENTS_FORMAT = 1;

const base = { at: z.iso.datetime() };

/** What a surface is told while an operation runs; one JSON line each. Every surface renders the same events. */
export const operationEvent = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('operation-started'),
    ...base,
    format: z.literal(EVENTS_FORMAT),
    operation: z.string(),
    run: z.string(),
    /** Path of the infra file it works on. */
    file: z.string(),
    pid: z.number(),
  }),
  z.object({ kind: z.literal('plan-ready'), ...base, plan }),
  z.object({ kind: z.literal('confirmation-needed'), ...base, question: textSchema, expected: z.string() }),
  z.object({ kind: z.literal('step-started'), ...base, step: z.string(), address, text: textSchema }),
  z.object({ kind: z.literal('step-progress'), ...base, step: z.string(), address, state: z.string(), elapsedMs: z.number() }),
  z.object({ kind: z.literal('step-succeeded'), ...base, step: z.string(), address, elapsedMs: z.number(), text: textSchema }),
  z.object({
    kind: z.literal('step-failed'),
    ...base,
    step: z.string(),
    address,
    elapsedMs: z.number(),
    code: z.string(),
    text: textSchema,
  }),
  /** Never started, because a step it depends on failed or the run was interrupted. */
  z.object({ kind: z.literal('step-skipped'), ...base, step: z.string(), address, text: textSchema }),
  ...ansibleEvents,
  z.object({ kind: z.literal('message'), ...base, level: z.enum(['info', 'warning', 'error']), text: textSchema }),
  z.object({ kind: z.literal('operation-finished'), ...base, exitCode: z.number(), text: textSchema, elapsedMs: z.number() }),
]);
export type OperationEvent = z.output<typeof operationEvent>;
/** An event before the sink stamps its time. */
export type NewEvent = OperationEvent extends infer Event ? (Event extends OperationEvent ? Omit<Event, 'at'> : never) : never;
