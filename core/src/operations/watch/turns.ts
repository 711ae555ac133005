import type { Clock } from '../../ports/clock.ts';

/** When the next look at something is due. */
export interface Turns {
  /** Waits for the interval or a line of input, whichever comes first. `over`: the input has ended, or the signal was given. */
  next(intervalMs: number, signal: AbortSignal): Promise<'again' | 'over'>;
  /** Leaves the input alone from now on. */
  close(): void;
}

/** A line of `lines` asks for a look before its time; their end is the end of it all. */
export function openTurns(lines: AsyncIterable<string>, clock: Clock): Turns {
  const input = lines[Symbol.asyncIterator]();
  let line = input.next();
  return {
    next: async (intervalMs, signal) => {
      const asked = new AbortController();
      const pause = clock.sleep(intervalMs, AbortSignal.any([signal, asked.signal])).catch(() => undefined);
      const heard = await Promise.race([line, pause]);
      // Or the timer of each answered question would wait to its end.
      asked.abort();
      if (heard?.done === true || signal.aborted) return 'over';
      if (heard) line = input.next();
      return 'again';
    },
    // Whoever writes the lines may be waiting himself: nobody waits for him.
    close: () => void input.return?.(),
  };
}
