import * as z from 'zod';
import { textSchema } from '#schemas/text/text-schema.ts';

/** What a running sandbox says about itself at GET `/_sandbox/status`. No secrets in it. */
export const sandboxStatus = z.object({
  version: z.literal(1),
  pid: z.int(),
  endpoint: z.string(),
  /** ISO 8601 in UTC. */
  startedAt: z.string(),
  /** The sandbox's clock, which may have been advanced. */
  now: z.string(),
  /** Name of the backend behind the servers. */
  hosts: z.string(),
  /** Why it is that one; missing when it was given ready-made. */
  hostsReason: textSchema.optional(),
  /** How each host is reached and known; missing when the backend has none. */
  hostList: z
    .array(
      z.object({
        serverId: z.int(),
        ip: z.string(),
        port: z.int(),
        user: z.string(),
        hostKey: z.string().optional(),
        isUp: z.boolean(),
        /** What can be reached besides SSH; `outside` differs where the sandbox may not listen on the same port. */
        ports: z.array(z.object({ inside: z.int(), outside: z.int() })).default([]),
        problem: textSchema.optional(),
      }),
    )
    .optional(),
  servers: z.int(),
  networks: z.int(),
  keys: z.int(),
  tasks: z.array(
    z.object({
      subject: z.string(),
      work: z.string(),
      phase: z.enum(['queued', 'running']),
      /** Milliseconds from now; null while it waits or is stuck. */
      dueInMs: z.number().nullable(),
    }),
  ),
  /** `GET /server/{id}` → number of requests since the start or the last reset. */
  requests: z.record(z.string(), z.int()),
  faults: z.array(z.object({ fault: z.string(), matched: z.int(), struck: z.int() })),
});
export type SandboxStatus = z.output<typeof sandboxStatus>;

/** Answer of GET `/_sandbox/log`: the last requests, oldest first; requests to `/_sandbox` are not among them. */
export const requestList = z.array(
  z.object({
    /** ISO 8601 in UTC, by the sandbox's clock. */
    at: z.string(),
    method: z.string(),
    path: z.string(),
    /** The path with its ids replaced: `/server/{id}`. */
    kind: z.string(),
    /** Null while it is under way, and when the connection was cut. */
    status: z.int().nullable(),
    isCut: z.boolean(),
  }),
);
export type RequestList = z.output<typeof requestList>;

/** Body of POST `/_sandbox/faults`: first `clear`, then `set`. */
export const faultsBody = z.strictObject({
  /** Faults as they are written: `slow=GET /server,ms=500`. */
  set: z.array(z.string()).default([]),
  /** `true`: all of them; else their names. */
  clear: z.union([z.literal(true), z.array(z.string())]).default([]),
});

/** Body of POST `/_sandbox/advance`. */
export const advanceBody = z.strictObject({ ms: z.int().min(0) });
