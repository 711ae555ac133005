import * as z from 'zod';
import { address } from '../infra/names.ts';
import { serverFigures } from './server-figures.ts';

/** Why a server's page could not be read. */
export const readFailures = [
  'unreachable',
  'timeout',
  /** The host answers and nobody listens on the agent's port. */
  'no-agent',
  'host-key',
  'login',
  'bad-answer',
  'too-large',
] as const;
export type ReadFailure = (typeof readFailures)[number];

const base = { kind: z.literal('metrics'), at: z.iso.datetime(), address };

/** What is known of one server's metrics after a look at it. */
export const metricsEvent = z.discriminatedUnion('state', [
  z.object({
    ...base,
    state: z.literal('live'),
    figures: serverFigures,
    /** How long the look took, milliseconds. */
    tookMs: z.number(),
  }),
  z.object({
    ...base,
    state: z.literal('unreachable'),
    why: z.enum(readFailures),
    /** When it was first not reached. */
    since: z.iso.datetime(),
  }),
]);
export type MetricsEvent = z.output<typeof metricsEvent>;
