import { InvalidArgumentError } from 'commander';
import type { RenderText } from '#core/text/render-text.ts';
import { parseDurationSeconds } from '#schemas/infra/units.ts';
import { t } from '#schemas/text/text.ts';

/** Collects a repeated or comma-separated option. */
export const collect = (value: string, previous: readonly string[] = []): string[] => [
  ...previous,
  ...value.split(',').filter((part) => part !== ''),
];

/** A count given to an option. Throws `InvalidArgumentError`. */
export function parseCount(value: string, render: RenderText): number {
  if (!/^\d{1,6}$/.test(value)) throw new InvalidArgumentError(render(t('A whole number is expected.')));
  return Number(value);
}

/** A time span given to an option, in seconds, at least `least`. Throws `InvalidArgumentError`. */
export function parseSeconds(value: string, render: RenderText, least = 1): number {
  const seconds = parseDurationSeconds(value);
  if (seconds === undefined || seconds < least)
    throw new InvalidArgumentError(render(t('A time span is expected, such as 30s, 5m, 2h or 1d.')));
  return seconds;
}
