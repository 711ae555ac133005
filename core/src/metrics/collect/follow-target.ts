import type { MetricsEvent } from '#schemas/metrics/metrics-event.ts';
import { type Clock, toTimestamp } from '../../ports/clock.ts';
import { measure } from '../figures/measure.ts';
import { type Reading, toReading } from '../figures/reading.ts';
import { parsePage } from '../page/parse-page.ts';
import { wantedSeries } from '../page/wanted-series.ts';
import type { MetricsTarget, ReadPage } from '../transport/metrics-target.ts';
import { ReadError } from '../transport/read-error.ts';

/** How servers are looked at. */
export interface CollectorOptions {
  readonly read: ReadPage;
  readonly clock: Clock;
  /** Between 0 and 1, as `Math.random`. */
  readonly random: () => number;
  /** Time between two looks at a server. */
  readonly intervalMs: number;
  /** Of one look. */
  readonly timeoutMs: number;
  /** Looks at once that are expected to be answered. */
  readonly concurrency: number;
  /** The first looks are spread over this time. */
  readonly spreadMs: number;
  /** Hears of every look at a server. Must not throw. */
  readonly onEvent: (event: MetricsEvent) => void;
}

/** What the collector shares among its targets. */
export interface FollowContext extends Omit<CollectorOptions, 'intervalMs' | 'concurrency'> {
  readonly intervalMs: () => number;
  /** Aborted when everybody shall look at once; asked anew before each pause. */
  readonly wake: () => AbortSignal;
  /** Runs a look in a slot. */
  enter<Result>(hasFailed: boolean, look: () => Promise<Result>): Promise<Result>;
}

/** Looks at one server again and again until the signal. Never rejects. */
export async function followTarget(target: MetricsTarget, context: FollowContext, signal: AbortSignal): Promise<void> {
  const { clock, random, onEvent } = context;
  let before: Reading | undefined;
  let [looks, failures] = [0, 0];
  let failedSince = '';
  await pause(context, random() * context.spreadMs, signal);
  while (!signal.aborted) {
    const startedMs = clock.elapsed();
    const startedAt = toTimestamp(clock);
    const look = await context.enter(failures > 0, () => lookOnce(target, context, signal));
    if (signal.aborted) return;
    const at = toTimestamp(clock);
    if (look.kind === 'read') {
      const { reading } = look;
      onEvent({ kind: 'metrics', at, address: target.address, state: 'live', figures: measure(before, reading), tookMs: look.tookMs });
      before = reading;
      failures = 0;
    } else {
      if (failures === 0) failedSince = startedAt;
      failures += 1;
      onEvent({ kind: 'metrics', at, address: target.address, state: 'unreachable', why: look.why, since: failedSince });
    }
    looks += 1;
    const ms = pauseAfter({ looks, failures, intervalMs: context.intervalMs(), random: random() });
    await pause(context, Math.max(0, ms - (clock.elapsed() - startedMs)), signal);
  }
}

type Look =
  | { readonly kind: 'read'; readonly reading: Reading; readonly tookMs: number }
  | { readonly kind: 'failed'; readonly why: Extract<MetricsEvent, { state: 'unreachable' }>['why'] };

async function lookOnce(target: MetricsTarget, { read, clock, timeoutMs }: FollowContext, signal: AbortSignal): Promise<Look> {
  if (signal.aborted) return { kind: 'failed', why: 'unreachable' };
  const end = new AbortController();
  const leave = (): void => end.abort(signal.reason);
  signal.addEventListener('abort', leave, { once: true });
  const over = new AbortController();
  const late = clock.sleep(timeoutMs, over.signal).then(
    () => end.abort(new ReadError('timeout', `no page within ${timeoutMs} ms`)),
    () => undefined,
  );
  const startedMs = clock.elapsed();
  try {
    const text = await read(target, end.signal);
    const atMs = clock.elapsed();
    const reading = toReading(parsePage(text, wantedSeries), atMs);
    return reading ? { kind: 'read', reading, tookMs: atMs - startedMs } : { kind: 'failed', why: 'bad-answer' };
  } catch (error) {
    return { kind: 'failed', why: error instanceof ReadError ? error.code : 'unreachable' };
  } finally {
    over.abort();
    signal.removeEventListener('abort', leave);
    await late;
  }
}

/** Waits; shorter when everybody is woken, or the signal comes. */
async function pause({ clock, wake }: FollowContext, ms: number, signal: AbortSignal): Promise<void> {
  const end = new AbortController();
  const leave = (): void => end.abort();
  const woken = wake();
  for (const each of [signal, woken]) each.addEventListener('abort', leave, { once: true });
  if (signal.aborted) leave();
  await clock.sleep(ms, end.signal).catch(() => undefined);
  for (const each of [signal, woken]) each.removeEventListener('abort', leave);
}

/** The second look comes soon: rates need two. */
const SECOND_LOOK_MS = 2000;
/** A server that is gone is looked at no less often than this. */
const LONGEST_PAUSE_MS = 120_000;
/** Part of the interval that pauses differ by, so that looks at many servers do not fall together. */
const JITTER = 0.1;

/**
 * Milliseconds from the start of a look to that of the next. `looks` counts those so far, `failures` those that failed in a row;
 * each of these doubles the pause.
 */
export function pauseAfter(look: {
  readonly looks: number;
  readonly failures: number;
  readonly intervalMs: number;
  /** Between 0 and 1. */
  readonly random: number;
}): number {
  const { looks, failures, intervalMs, random } = look;
  const jitter = 1 + JITTER * (random - 0.5);
  if (failures === 0) return (looks === 1 ? Math.min(SECOND_LOOK_MS, intervalMs) : intervalMs) * jitter;
  return Math.max(intervalMs, Math.min(intervalMs * 2 ** Math.min(failures - 1, 20), LONGEST_PAUSE_MS)) * jitter;
}
