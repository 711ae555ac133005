import { setMaxListeners } from 'node:events';
import PQueue from 'p-queue';
import type { Address } from '#schemas/infra/names.ts';
import type { MetricsTarget } from '../transport/metrics-target.ts';
import { type CollectorOptions, followTarget } from './follow-target.ts';

/** Usual limit of one look, milliseconds; a first one through SSH logs in. */
export const LOOK_TIMEOUT_MS = 8000;

/** Looks at servers until it is closed. */
export interface Collector {
  /** Looks at these from now on. A server that stays keeps its history of looks. */
  setTargets(targets: readonly MetricsTarget[]): void;
  /** Another interval, from the next look on: a surface came into view, or went. */
  setIntervalMs(ms: number): void;
  /** Looks at every server now. */
  refresh(): void;
  /** Ends all looks; resolves when none is left. */
  close(): Promise<void>;
}

/** A look that has not been answered by then gives its slot to the next one, and goes on beside it. */
const PATIENCE_MS = 1000;

/**
 * Starts collecting. Servers that do not answer never delay those that do: after a second without an answer a look waits
 * outside of the slots, and a server that failed is looked at through slots of its own, less and less often.
 */
export function startCollector(options: CollectorOptions): Collector {
  const { clock, concurrency } = options;
  const lanes = { live: new PQueue({ concurrency }), failed: new PQueue({ concurrency: Math.max(1, Math.ceil(concurrency / 4)) }) };
  const followed = new Map<Address, { readonly target: MetricsTarget; readonly stop: AbortController; readonly ended: Promise<void> }>();
  /** Looks at servers that are no targets any more: they end by themselves, and a closing waits for them too. */
  const leaving = new Set<Promise<void>>();
  let { intervalMs } = options;
  const newSignal = (): AbortController => {
    const controller = new AbortController();
    // As many listen as there are servers.
    setMaxListeners(0, controller.signal);
    return controller;
  };
  let wake = newSignal();
  const isClosed = newSignal();

  const enter = async <Result>(hasFailed: boolean, look: () => Promise<Result>): Promise<Result> => {
    let result: Promise<Result> | undefined;
    await lanes[hasFailed ? 'failed' : 'live'].add(async () => {
      result = look();
      const patience = new AbortController();
      await Promise.race([result.catch(() => undefined), clock.sleep(PATIENCE_MS, patience.signal).catch(() => undefined)]);
      patience.abort();
    });
    if (!result) throw new Error('the queue did not run the look');
    return result;
  };
  const shakeAwake = (): void => {
    const before = wake;
    wake = newSignal();
    before.abort(new Error('look now'));
  };
  const follow = (target: MetricsTarget): void => {
    const stop = new AbortController();
    const ended = followTarget(
      target,
      { ...options, enter, intervalMs: () => intervalMs, wake: () => wake.signal },
      AbortSignal.any([stop.signal, isClosed.signal]),
    );
    followed.set(target.address, { target, stop, ended });
  };
  return {
    setTargets: (targets) => {
      if (isClosed.signal.aborted) return;
      const wanted = new Map(targets.map((target) => [target.address, target]));
      for (const [address, { target, stop, ended }] of followed) {
        if (JSON.stringify(wanted.get(address)) === JSON.stringify(target)) continue;
        stop.abort(new Error('no longer a target'));
        followed.delete(address);
        leaving.add(ended);
        void ended.finally(() => leaving.delete(ended));
      }
      for (const [address, target] of wanted) if (!followed.has(address)) follow(target);
    },
    setIntervalMs: (ms) => {
      const isSooner = ms < intervalMs;
      intervalMs = ms;
      if (isSooner) shakeAwake();
    },
    refresh: shakeAwake,
    close: async () => {
      isClosed.abort(new Error('the collector is closed'));
      await Promise.all([...leaving, ...[...followed.values()].map(({ ended }) => ended)]);
      followed.clear();
    },
  };
}
