import { showHiddenInLines } from '#core/text/show-hidden.ts';

/** Kinds of failures that are told apart. A storm of ever new ones must not fill the memory either. */
const MAX_KINDS = 200;
/** Of a failure's message, which may quote what was sent. */
const MAX_LENGTH = 2000;

/**
 * A log of failures for an output channel that a storm of the same ones must not fill: the first of a kind with its stack, then a
 * line when there have been 10, 100, 1000 … of them. A kind is what failed and how, without the numbers in it.
 */
export function createFailureLog(write: (line: string) => void): (what: string, error: unknown) => void {
  const counts = new Map<string, number>();
  return (what, error) => {
    const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const named = `${what}: ${reason.slice(0, MAX_LENGTH).replaceAll(/\d+/g, '#')}`;
    const kind = counts.has(named) || counts.size < MAX_KINDS ? named : 'others';
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    if (count === 1) write(showHiddenInLines(`${what}: ${describeError(error)}`.slice(0, MAX_LENGTH)));
    else if (isPowerOfTen(count)) write(showHiddenInLines(`${kind.slice(0, MAX_LENGTH)} (${count} times)`));
  };
}

const isPowerOfTen = (count: number): boolean => /^10+$/.test(String(count));

/** A failure for the log, with its stack where it has one. */
const describeError = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));
