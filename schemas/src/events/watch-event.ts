import * as z from 'zod';
import { address, resourceKinds } from '../infra/names.ts';
import { metricsEvent } from '../metrics/metrics-event.ts';
import { action, fieldChange, note, refusal, sourceRange } from '../plan/plan.ts';
import { textSchema } from '../text/text-schema.ts';

/** Version of the stream, in each record. */
export const WATCH_FORMAT = 1;

/** State of a server as people see it. `absent`: the file declares it and the account has none. */
export const serverStates = ['running', 'stopped', 'creating', 'absent', 'blocked', 'need-money', 'deleting', 'other'] as const;
export type ServerState = (typeof serverStates)[number];

/** What the provider says of a server; absent for one that is only in the file. */
const live = z.object({
  id: z.number(),
  ip: z.string().optional(),
  adminUser: z.string().optional(),
  cpu: z.number(),
  ramMb: z.number(),
  diskGb: z.number(),
  diskType: z.string().optional(),
  pool: z.string().optional(),
  dc: z.string().optional(),
  image: z.string().optional(),
});

export const serverView = z.object({
  address,
  name: z.string(),
  /** Entry of `servers` it belongs to; absent when it is only recorded, or only in the account. */
  entry: z.string().optional(),
  state: z.enum(serverStates),
  live: live.optional(),
  /** What a plan would do with it, and which fields differ. */
  action,
  fields: z.array(fieldChange),
  protect: z.boolean(),
  /** The entry's name in the file. */
  source: sourceRange.optional(),
});
export type ServerView = z.output<typeof serverView>;

/** A server of the account that is neither in the file nor recorded. */
export const unmanagedServer = z.object({ name: z.string(), state: z.enum(serverStates), live });
export type UnmanagedServer = z.output<typeof unmanagedServer>;

/** A project as it is at one moment: file, record and panel together. */
export const projectView = z.object({
  kind: z.literal('project'),
  format: z.literal(WATCH_FORMAT),
  at: z.iso.datetime(),
  /** Path of the infra file. */
  file: z.string(),
  project: z.string(),
  endpoint: z.string(),
  account: z.object({ email: z.string().optional(), balance: z.number().optional() }),
  servers: z.array(serverView),
  unmanaged: z.array(unmanagedServer),
  /** Entries with several servers and `groups`, in the order of the file. */
  groups: z.array(z.object({ name: z.string(), isEntry: z.boolean(), servers: z.array(address) })),
  /** Other objects that a plan would touch. */
  others: z.array(z.object({ address, kind: z.enum(resourceKinds), action, fields: z.array(fieldChange) })),
  notes: z.array(note),
  refusals: z.array(refusal),
});
export type ProjectView = z.output<typeof projectView>;

/** Why there is no view at the moment. `code` is a diagnostic's or an error's; the text ends with what to do. */
export const watchProblem = z.object({
  kind: z.literal('problem'),
  format: z.literal(WATCH_FORMAT),
  at: z.iso.datetime(),
  file: z.string(),
  code: z.string(),
  text: textSchema,
});
export type WatchProblem = z.output<typeof watchProblem>;

/** One line of `ict watch`; what servers are doing only with `--metrics`. */
export const watchEvent = z.union([z.discriminatedUnion('kind', [projectView, watchProblem]), metricsEvent]);
export type WatchEvent = z.output<typeof watchEvent>;
