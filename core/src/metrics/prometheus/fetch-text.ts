import type { GetText } from './read-prometheus.ts';

/** Of each query, milliseconds. */
const TIMEOUT_MS = 10_000;

/** Reads a text by HTTP. Rejects when nothing answers in time, or the signal was aborted. */
export const fetchText: GetText = async (url, signal) => {
  const answer = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]) });
  return { status: answer.status, text: await answer.text() };
};
