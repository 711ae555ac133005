/** A reading under way: who waits for it, and what ends it when nobody does any more. */
interface Reading<Value> {
  readonly promise: Promise<Value>;
  readonly end: AbortController;
  hasBegun: boolean;
  waiting: number;
}

/**
 * One reading for everybody who asks at the same time. Each caller gets a reading that began after its call: those who ask while one is
 * under way share the next one. So a check of many things costs as few requests as it can without believing what was read before.
 */
export class SharedReading<Value> {
  readonly #read: (signal: AbortSignal) => Promise<Value>;
  #current: Reading<Value> | undefined;
  #next: Reading<Value> | undefined;

  /** `read` is given a signal that is aborted when nobody waits for the reading any more. */
  constructor(read: (signal: AbortSignal) => Promise<Value>) {
    this.#read = read;
  }

  /** Reads from now on. Rejects with what the reading rejects with, or at once with the reason of the caller's signal. */
  async read(signal?: AbortSignal): Promise<Value> {
    signal?.throwIfAborted();
    const reading = this.#join();
    reading.waiting += 1;
    try {
      return await orAborted(reading.promise, signal);
    } finally {
      reading.waiting -= 1;
      if (reading.waiting === 0) reading.end.abort();
    }
  }

  #join(): Reading<Value> {
    if (!this.#current) return (this.#current = this.#start(Promise.resolve()));
    if (!this.#current.hasBegun) return this.#current;
    return (this.#next ??= this.#start(this.#current.promise));
  }

  /** A reading that begins when the one before has ended, however it ended. */
  #start(before: Promise<unknown>): Reading<Value> {
    const end = new AbortController();
    const begin = (): Promise<Value> => {
      reading.hasBegun = true;
      return this.#read(end.signal);
    };
    const promise = before.then(begin, begin);
    const reading: Reading<Value> = { promise, end, hasBegun: false, waiting: 0 };
    const shift = (): void => {
      this.#current = this.#next;
      this.#next = undefined;
    };
    promise.then(shift, shift);
    return reading;
  }
}

function orAborted<Value>(promise: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (!signal) return promise;
  return new Promise<Value>((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
