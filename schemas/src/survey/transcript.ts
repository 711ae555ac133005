import * as z from 'zod';

/** What `kind` says in a transcript: a sandbox tells one from a seed by it. */
export const TRANSCRIPT_KIND = 'ict-api-transcript';
/** Version of the transcript's format. */
export const TRANSCRIPT_FORMAT = 1;

/** One GET of the API and its answer, cleaned of everything that is nobody else's business. */
export const transcriptExchange = z.object({
  /** `/server/900001`. */
  path: z.string().startsWith('/'),
  /** 0: no answer came. */
  status: z.int().min(0),
  /** Lower-case names. */
  headers: z.record(z.string(), z.string()),
  /** How long the answer took, milliseconds, pauses of our own left out. */
  elapsedMs: z.number(),
  /** The parsed answer; missing when it was empty or no JSON. */
  body: z.unknown().optional(),
  /** Bytes of an answer that is no JSON. */
  otherBytes: z.int().optional(),
  /** Attempts before the last one that were answered, and then repeated. */
  earlier: z.array(z.object({ status: z.int(), headers: z.record(z.string(), z.string()) })).optional(),
});

/**
 * What an account looks like over the API: `ict doctor --api` writes it, a person can read and send it, a sandbox can be started from it.
 * No token, password, e-mail address or person's name is in it; addresses, names of objects, keys and sums of money are stand-ins of the
 * same form.
 */
export const transcript = z.object({
  kind: z.literal(TRANSCRIPT_KIND),
  format: z.literal(TRANSCRIPT_FORMAT),
  /** ISO 8601. */
  madeAt: z.string(),
  /** Version of ict. */
  ict: z.string(),
  /** Host of the endpoint; `other` for one that is not known to be 1cloud's. */
  host: z.string(),
  exchanges: z.array(transcriptExchange),
});
export type Transcript = z.output<typeof transcript>;
