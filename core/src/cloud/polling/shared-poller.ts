import { setMaxListeners } from 'node:events';
import type { Clock } from '#core/ports/clock.ts';
import type { OnProgress } from '#core/ports/cloud-provider.ts';
import { abortedWait, isForgiven, nextIntervalMs, taskTimeout, type Verdict } from './verdict.ts';

export interface SharedPollerOptions<Value> {
  readonly clock: Clock;
  /** First pause between two looks, milliseconds; it grows gently until somebody joins. */
  readonly intervalMs: number;
  /** One object; undefined when it does not exist. */
  readonly readOne: (id: number, signal: AbortSignal) => Promise<Value | undefined>;
  /** All objects at once. */
  readonly readMany: (signal: AbortSignal) => Promise<ReadonlyMap<number, Value>>;
}

export interface SharedWait<Value, Result> {
  readonly id: number;
  /** What is waited for, for errors: `server 12 to be active`. */
  readonly what: string;
  /** Undefined: the object does not exist. Throws to end the wait with an error. */
  readonly judge: (value: Value | undefined) => Verdict<Result>;
  readonly timeoutMs: number;
  readonly onProgress?: OnProgress | undefined;
}

/**
 * One loop of looks for everybody who waits for objects of one kind. While one waits, it reads that object; while more wait,
 * it reads the list once for all of them. Whoever joins gets a first look at once, and is never answered from a reading that
 * began before. A list that lacks an object proves nothing: the object is asked for by its id before it counts as gone.
 */
export class SharedPoller<Value> {
  readonly #options: SharedPollerOptions<Value>;
  readonly #waiters = new Set<Waiter<Value>>();
  #isRunning = false;
  /** Ends the reading under way. */
  #reading = new AbortController();
  /** Ends the pause under way. */
  #pause = new AbortController();

  constructor(options: SharedPollerOptions<Value>) {
    this.#options = options;
  }

  /** Nobody waits: the poller can be forgotten. */
  get isIdle(): boolean {
    return this.#waiters.size === 0;
  }

  wait<Result>(options: SharedWait<Value, Result>, signal: AbortSignal): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      const end = (settle: () => void): void => {
        signal.removeEventListener('abort', abort);
        this.#waiters.delete(waiter);
        if (this.isIdle) this.#stop();
        settle();
      };
      const fail = (error: Error): void => end(() => reject(error));
      const abort = (): void => fail(abortedWait(options.what, waiter.state));
      const waiter = createWaiter(options, this.#options.clock.elapsed(), (result) => end(() => resolve(result)), fail);
      if (signal.aborted) {
        abort();
        return;
      }
      // One signal ends a whole operation: hundreds of calls listen to it, and Node would warn of a leak from the 11th on.
      setMaxListeners(0, signal);
      signal.addEventListener('abort', abort, { once: true });
      this.#waiters.add(waiter);
      this.#pause.abort();
      if (!this.#isRunning) void this.#run();
    });
  }

  /** Nobody waits any more. */
  #stop(): void {
    this.#reading.abort();
    this.#pause.abort();
  }

  async #run(): Promise<void> {
    const { clock, intervalMs } = this.#options;
    this.#isRunning = true;
    let pauseMs = intervalMs;
    // Those who join in the same turn share the first look.
    await Promise.resolve();
    while (!this.isIdle) {
      const asked = [...this.#waiters];
      await this.#look(asked);
      const elapsed = clock.elapsed();
      for (const waiter of asked) if (this.#waiters.has(waiter)) waiter.checkTime(elapsed);
      const isJoined = [...this.#waiters].some((waiter) => !asked.includes(waiter));
      pauseMs = isJoined || (await this.#rest(pauseMs)) ? intervalMs : nextIntervalMs(pauseMs, intervalMs);
    }
    this.#isRunning = false;
  }

  /** Shows each waiter its object. */
  async #look(asked: readonly Waiter<Value>[]): Promise<void> {
    const ids = [...new Set(asked.map((waiter) => waiter.id))];
    this.#reading = new AbortController();
    const { signal } = this.#reading;
    // One signal ends a whole operation: hundreds of calls listen to it, and Node would warn of a leak from the 11th on.
    setMaxListeners(0, signal);
    const tell = (waiters: readonly Waiter<Value>[], news: (waiter: Waiter<Value>) => void): void => {
      for (const waiter of waiters) if (this.#waiters.has(waiter)) news(waiter);
    };
    try {
      const listed = ids.length > 1 ? await this.#options.readMany(signal) : new Map<number, Value>();
      const shown = ids.map(async (id) => {
        const waiters = asked.filter((waiter) => waiter.id === id);
        try {
          const value = listed.get(id) ?? (await this.#options.readOne(id, signal));
          tell(waiters, (waiter) => waiter.look(value));
        } catch (error) {
          tell(waiters, (waiter) => waiter.miss(error));
        }
      });
      await Promise.all(shown);
    } catch (error) {
      tell(asked, (waiter) => waiter.miss(error));
    }
  }

  /** Pauses until the next look is due; true when somebody joined before. */
  async #rest(pauseMs: number): Promise<boolean> {
    if (this.isIdle) return false;
    const { clock } = this.#options;
    const firstDeadline = Math.min(...[...this.#waiters].map((waiter) => waiter.deadline));
    this.#pause = new AbortController();
    return clock.sleep(Math.max(0, Math.min(pauseMs, firstDeadline - clock.elapsed())), this.#pause.signal).then(
      () => false,
      () => true,
    );
  }
}

/** One who waits, without the type of what is waited for. */
interface Waiter<Value> {
  readonly id: number;
  /** The provider's last word. */
  readonly state: string;
  /** Moment of the monotonic clock. */
  readonly deadline: number;
  readonly look: (value: Value | undefined) => void;
  /** A reading failed. */
  readonly miss: (error: unknown) => void;
  readonly checkTime: (elapsed: number) => void;
}

function createWaiter<Value, Result>(
  options: SharedWait<Value, Result>,
  elapsedMs: number,
  resolve: (result: Result) => void,
  fail: (error: Error) => void,
): Waiter<Value> {
  const deadline = elapsedMs + options.timeoutMs;
  let state = '';
  let missedInARow = 0;
  return {
    id: options.id,
    get state() {
      return state;
    },
    deadline,
    look: (value) => {
      missedInARow = 0;
      let verdict: Verdict<Result>;
      try {
        verdict = options.judge(value);
      } catch (error) {
        fail(toError(error));
        return;
      }
      if (verdict.kind === 'done') {
        resolve(verdict.result);
        return;
      }
      state = verdict.state;
      options.onProgress?.(state);
    },
    miss: (error) => {
      missedInARow += 1;
      if (!isForgiven(error, missedInARow)) fail(toError(error));
    },
    checkTime: (elapsed) => {
      if (elapsed >= deadline) fail(taskTimeout(options.what, options.timeoutMs, state));
    },
  };
}

const toError = (error: unknown): Error => (error instanceof Error ? error : new Error(String(error)));
