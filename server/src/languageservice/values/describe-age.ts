import type { Language } from '#core/text/render-text.ts';
import type { Aged } from './known-values.ts';

/** Younger values are as good as new: their age is not mentioned. */
const FRESH_MS = 60_000;

const units: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

/** `5 minutes ago` in the reader's language, for an age in milliseconds; for less than a minute `now`. */
export function describeAge(age: number, language: Language): string {
  const found = units.find(([, ms]) => age >= ms);
  if (!found) return new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(0, 'second');
  const [unit, length] = found;
  return new Intl.RelativeTimeFormat(language, { numeric: 'always' }).format(-Math.floor(age / length), unit);
}

/** After how many milliseconds {@link describeAge} will say something else. */
export function timeToNextAge(age: number): number {
  const [, length] = units.find(([, ms]) => age >= ms) ?? (['minute', FRESH_MS] as const);
  return length - (age % length);
}

/** The same for a value from outside; undefined while it is fresh. */
export function describeStaleness(
  { readAtMs }: Aged<unknown>,
  request: { readonly elapsed: number; readonly language: Language },
): string | undefined {
  const age = request.elapsed - readAtMs;
  return age < FRESH_MS ? undefined : describeAge(age, request.language);
}
