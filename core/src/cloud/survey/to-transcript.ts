import { type Transcript, TRANSCRIPT_FORMAT, TRANSCRIPT_KIND } from '#schemas/survey/transcript.ts';
import type { Exchange } from './read/exchange.ts';

/** Hosts that are known to be 1cloud's; another one may be a customer's own name. */
const knownHosts = new Set(['api.1cloud.ru', 'api.xelent.ru', '127.0.0.1', 'localhost']);

/** The host of an endpoint as it may be shown: `api.1cloud.ru`, or `other`. */
export const hostOf = (endpoint: string): string => {
  const { hostname } = new URL(endpoint);
  return knownHosts.has(hostname) ? hostname : 'other';
};

/** A transcript of exchanges that were cleaned before. `madeAt` is ISO 8601. */
export const toTranscript = (
  exchanges: readonly Exchange[],
  { endpoint, madeAt, version }: { endpoint: string; madeAt: string; version: string },
): Transcript => ({
  kind: TRANSCRIPT_KIND,
  format: TRANSCRIPT_FORMAT,
  madeAt,
  ict: version,
  host: hostOf(endpoint),
  exchanges: exchanges.map(({ path, status, headers, elapsedMs, body, otherBytes, earlier }) => ({
    path,
    status,
    headers: { ...headers },
    elapsedMs: Math.round(elapsedMs),
    ...(body === undefined ? {} : { body }),
    ...(otherBytes === undefined ? {} : { otherBytes }),
    ...(earlier === undefined ? {} : { earlier: earlier.map((one) => ({ status: one.status, headers: { ...one.headers } })) }),
  })),
});
