import type { LanguageRequest } from '../language-request.ts';
import type { Aged } from './known-values.ts';

/** Younger values are as good as new: their age is not mentioned. */
const FRESH_MS = 60_000;

const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** `5 minutes ago` in the reader's language; for less than a minute in seconds. */
export function describeAge(atMs: number, { now, language }: Pick<LanguageRequest, 'now' | 'language'>): string {
  const age = Math.max(0, now - atMs);
  const [unit, length] = units.find(([, ms]) => age >= ms) ?? (['second', 1000] as const);
  return new Intl.RelativeTimeFormat(language, { numeric: 'always' }).format(-Math.floor(age / length), unit);
}

/** The same for a value from outside; undefined while it is fresh. */
export const describeStaleness = ({ readAtMs }: Aged<unknown>, request: Pick<LanguageRequest, 'now' | 'language'>): string | undefined =>
  request.now - readAtMs < FRESH_MS ? undefined : describeAge(readAtMs, request);
