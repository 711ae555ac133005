import type { RequestFacts } from '../faults/fault-rule.ts';

/** One request as it came in. */
export interface RequestEvent extends RequestFacts {
  /** Sandbox time, milliseconds since the epoch. */
  readonly atMs: number;
}

/** A request and how it was answered. */
export interface LoggedRequest extends RequestEvent {
  /** Missing while it is under way. */
  readonly status?: number;
  /** Whether the connection was cut instead of an answer. */
  readonly isCut?: boolean;
}

/** Counts requests, so that a test can say how often a client polled and how closely its writes follow each other. */
export interface RequestLog {
  /** Takes a request down; the answer is to be called with the status it got, or `cut`. */
  record(event: RequestEvent): (outcome: number | 'cut') => void;
  /** `GET /server/{id}` → number of requests. */
  counts(): Readonly<Record<string, number>>;
  /** The last requests, oldest first; at most 1000. */
  recent(): readonly LoggedRequest[];
  clear(): void;
}

const KEPT = 1000;

/** `onRequest` is called with each request as it comes in. */
export const createRequestLog = (onRequest: (event: RequestEvent) => void = () => undefined): RequestLog => {
  const counts = new Map<string, number>();
  let events: LoggedRequest[] = [];
  return {
    record(event) {
      const key = `${event.method} ${event.kind}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      const logged: { -readonly [Field in keyof LoggedRequest]: LoggedRequest[Field] } = { ...event };
      events.push(logged);
      if (events.length > 2 * KEPT) events = events.slice(-KEPT);
      onRequest(event);
      return (outcome) => {
        if (outcome === 'cut') logged.isCut = true;
        else logged.status = outcome;
      };
    },
    counts: () => Object.fromEntries([...counts].sort(([a], [b]) => a.localeCompare(b))),
    recent: () => events.slice(-KEPT),
    clear() {
      counts.clear();
      events = [];
    },
  };
};
