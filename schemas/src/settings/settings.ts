import * as z from 'zod';

/** Default endpoint. The white label `https://api.xelent.ru` serves the same API (API reference, section 1). */
export const DEFAULT_ENDPOINT = 'https://api.1cloud.ru';

/** Settings of the engine that a surface hands over: from the environment, flags or the editor. */
export const settings = z.object({
  endpoint: z.url().default(DEFAULT_ENDPOINT),
  /** Provider writes in flight at once, over all servers. One server never has more than one. */
  concurrency: z.int().min(1).max(64).default(4),
  /** Least time between two reads and between two writes, milliseconds. The provider's limits are not known for sure. */
  readIntervalMs: z.int().min(0).default(700),
  writeIntervalMs: z.int().min(0).default(1000),
  /** How often a running task is looked at, milliseconds. */
  pollIntervalMs: z.int().min(0).default(5000),
  /** After this a task still running counts as failed, milliseconds. */
  taskTimeoutMs: z.int().min(1).default(3_600_000),
  /** How long the object of a create whose answer was lost is looked for in the same run, milliseconds. */
  createLookupMs: z.int().min(0).default(120_000),
  /** How old a create without an answer must be before its absence means anything, milliseconds; nothing is sent again before. */
  createDoubtMs: z.int().min(0).default(600_000),
  /** Time between the two readings that prove such an absence, milliseconds. */
  createRecheckMs: z.int().min(0).default(60_000),
  /** One HTTP call, milliseconds. */
  requestTimeoutMs: z.int().min(1).default(30_000),
  /** Tries of one HTTP call, the first included. */
  attempts: z.int().min(1).max(20).default(5),
  /** Longest pause between two tries, milliseconds. */
  maxBackoffMs: z.int().min(0).default(30_000),
  /** How long a new server may take until its SSH answers, milliseconds; 0: one look. */
  sshWaitMs: z.int().min(0).default(180_000),
});
export type Settings = z.output<typeof settings>;
