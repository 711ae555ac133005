import { t, type Text } from '#schemas/text/text.ts';
import { quote } from '../../validate/describe-found.ts';

interface CronField {
  readonly name: Text;
  readonly min: number;
  readonly max: number;
  readonly words?: readonly string[];
}

const fields: readonly CronField[] = [
  { name: t('the minute'), min: 0, max: 59 },
  { name: t('the hour'), min: 0, max: 23 },
  { name: t('the day of the month'), min: 1, max: 31 },
  { name: t('the month'), min: 1, max: 12, words: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'] },
  { name: t('the weekday'), min: 0, max: 7, words: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
];

/** What is wrong with a cron expression of five fields, or undefined. */
export function findCronFault(expression: string): Text | undefined {
  const parts = expression.trim().split(/\s+/);
  if (parts.length !== fields.length) return t('A cron expression has 5 fields with spaces between; found {0}.', parts.length);
  for (const [index, field] of fields.entries()) {
    const part = parts[index] ?? '';
    const wrong = part.split(',').find((item) => !isItem(item, field));
    if (wrong !== undefined)
      return t('`{0}` cannot stand for {1}: it goes from {2} to {3}.', quote(wrong), field.name, field.min, field.max);
  }
  return undefined;
}

/** `*`, `5`, `1-5`, each with an optional step. */
function isItem(item: string, field: CronField): boolean {
  const match = /^(?:\*|(?<from>[a-z0-9]+)(?:-(?<to>[a-z0-9]+))?)(?:\/(?<step>\d+))?$/i.exec(item);
  if (!match) return false;
  const { from, to, step } = match.groups ?? {};
  if (step !== undefined && Number(step) < 1) return false;
  if (from === undefined) return true;
  const first = toNumber(from, field);
  const last = to === undefined ? first : toNumber(to, field);
  return first !== undefined && last !== undefined && first <= last;
}

function toNumber(text: string, { min, max, words = [] }: CronField): number | undefined {
  const word = words.indexOf(text.toLowerCase());
  const value = word >= 0 ? word + (words.length === 12 ? 1 : 0) : /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return value >= min && value <= max ? value : undefined;
}
