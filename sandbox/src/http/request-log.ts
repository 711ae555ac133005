import type { RequestFacts } from '../faults/fault-rule.ts';

/** One request as it came in. */
export interface RequestEvent extends RequestFacts {
  /** Sandbox time, milliseconds since the epoch. */
  readonly atMs: number;
}

/** Counts requests, so that a test can say how often a client polled and how closely its writes follow each other. */
export interface RequestLog {
  record(event: RequestEvent): void;
  /** `GET /server/{id}` → number of requests. */
  counts(): Readonly<Record<string, number>>;
  /** The last requests, oldest first; at most 1000. */
  recent(): readonly RequestEvent[];
  clear(): void;
}

const KEPT = 1000;

export const createRequestLog = (onRequest: (event: RequestEvent) => void = () => undefined): RequestLog => {
  const counts = new Map<string, number>();
  let events: RequestEvent[] = [];
  return {
    record(event) {
      const key = `${event.method} ${event.kind}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      events.push(event);
      if (events.length > 2 * KEPT) events = events.slice(-KEPT);
      onRequest(event);
    },
    counts: () => Object.fromEntries([...counts].sort(([a], [b]) => a.localeCompare(b))),
    recent: () => events.slice(-KEPT),
    clear() {
      counts.clear();
      events = [];
    },
  };
};
