import type { CloudReader } from '#core/create-core/create-cloud-reader.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { CredentialsParams } from '#schemas/protocol/credentials.ts';
import type { Catalog } from '#schemas/state/actual.ts';
import type { Aged, LiveObjects } from '#server/languageservice/values/known-values.ts';
import type { OpenCloud } from '../ports/server-ports.ts';
import type { Timers } from '../ports/timers.ts';

export interface CloudValuesOptions {
  readonly open: OpenCloud;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Whether the user lets us read from the network at present. */
  readonly isAllowed: () => boolean;
  readonly onChanged: () => void;
  /** Told why a reading failed; never holds the token. */
  readonly onFailed: (error: unknown) => void;
}

/** How old a value may get before somebody's question has it read again, milliseconds. */
const MAX_AGE_MS = { catalog: 600_000, live: 60_000 } as const;
/** A reading that takes longer is given up, milliseconds. */
const TIMEOUT_MS = 20_000;
/** Pause after a failure, and the longest one; it doubles from failure to failure. */
const BACK_OFF_MS = { first: 5000, longest: 300_000 } as const;

/**
 * What the account offers and has. Nothing is read before somebody asks; who asks gets what is known and never waits, and
 * the next one finds what was read meanwhile. One reading runs at a time.
 */
export class CloudValues {
  readonly #options: CloudValuesOptions;
  #given: CredentialsParams | undefined;
  #reader: CloudReader | undefined;
  #catalog: Aged<Catalog> | undefined;
  #live: Aged<LiveObjects> | undefined;
  #running: { readonly stop: AbortController; readonly done: Promise<void> } | undefined;
  #failures = 0;
  /** Moment of the monotonic clock. */
  #restUntilMs = -Infinity;

  constructor(options: CloudValuesOptions) {
    this.#options = options;
  }

  /** What is offered, as far as that is known; asks for a newer reading when it is old. */
  get catalog(): Aged<Catalog> | undefined {
    this.#want();
    return this.#options.isAllowed() ? this.#catalog : undefined;
  }

  /** What the account has, in the same way. */
  get live(): Aged<LiveObjects> | undefined {
    this.#want();
    return this.#options.isAllowed() ? this.#live : undefined;
  }

  /** The catalogue as it was last read, without asking for another reading. */
  get knownCatalog(): Aged<Catalog> | undefined {
    return this.#options.isAllowed() ? this.#catalog : undefined;
  }

  /** Takes another account. What was known of the one before is forgotten. */
  setCredentials(given: CredentialsParams): void {
    this.#given = given;
    this.forget();
  }

  /** Stops what is being read. */
  close(): void {
    this.#running?.stop.abort(new Error('the account changed'));
    this.#running = undefined;
    this.#reader?.close();
    this.#reader = undefined;
  }

  /** Forgets everything. */
  forget(): void {
    this.close();
    const had = this.#catalog !== undefined || this.#live !== undefined;
    this.#catalog = undefined;
    this.#live = undefined;
    this.#failures = 0;
    this.#restUntilMs = -Infinity;
    if (had) this.#options.onChanged();
  }

  /** Reads everything now. Resolves when it is read or could not be; never rejects. */
  async refresh(): Promise<void> {
    if (!this.#options.isAllowed()) return;
    await this.#running?.done;
    this.#restUntilMs = -Infinity;
    await this.#start({ catalog: true, live: true });
  }

  #want(): void {
    const elapsed = this.#options.clock.elapsed();
    if (this.#running || elapsed < this.#restUntilMs || !this.#options.isAllowed()) return;
    const isOld = (value: Aged<unknown> | undefined, maxAgeMs: number): boolean => !value || elapsed - value.readAtMs >= maxAgeMs;
    const wanted = { catalog: isOld(this.#catalog, MAX_AGE_MS.catalog), live: isOld(this.#live, MAX_AGE_MS.live) };
    if (wanted.catalog || wanted.live) void this.#start(wanted);
  }

  #start(wanted: Wanted): Promise<void> {
    if (this.#running) return this.#running.done;
    const stop = new AbortController();
    const callOff = this.#options.timers.after(TIMEOUT_MS, () => stop.abort(new Error('reading the account took too long')));
    const done = this.#read(wanted, stop.signal).finally(() => {
      callOff();
      if (this.#running?.stop === stop) this.#running = undefined;
    });
    this.#running = { stop, done };
    return done;
  }

  async #read(wanted: Wanted, signal: AbortSignal): Promise<void> {
    const { clock, onChanged, onFailed, open } = this.#options;
    try {
      const reader = (this.#reader ??= await open(this.#given));
      if (!reader) {
        this.#rest();
        return;
      }
      const [catalog, live] = await Promise.all([
        wanted.catalog ? reader.readCatalog(signal) : undefined,
        wanted.live ? reader.readObjects(signal) : undefined,
      ]);
      // Another account was taken meanwhile.
      if (signal.aborted) return;
      const readAtMs = clock.elapsed();
      if (catalog) this.#catalog = { value: catalog, readAtMs };
      if (live) this.#live = { value: live, readAtMs };
      this.#failures = 0;
      onChanged();
    } catch (error) {
      if (this.#running?.stop.signal !== signal && signal.aborted) return;
      this.#rest();
      onFailed(error);
    }
  }

  #rest(): void {
    this.#restUntilMs = this.#options.clock.elapsed() + Math.min(BACK_OFF_MS.first * 2 ** this.#failures, BACK_OFF_MS.longest);
    this.#failures += 1;
  }
}

interface Wanted {
  readonly catalog: boolean;
  readonly live: boolean;
}
