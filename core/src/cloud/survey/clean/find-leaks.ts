import { type Exchange, isRow } from '../read/exchange.ts';

/** Shorter values are found in any text. */
const SHORTEST = 6;
const secretField = /passw|sharedkey|secret/i;

/**
 * The last look before a transcript is written: kinds of secrets of the raw answers that its text still holds. Empty when all is well; it
 * names fields, never values.
 */
export function findLeaks(text: string, raw: readonly Exchange[], token: string): readonly string[] {
  const leaks = new Set<string>();
  if (text.includes(token)) leaks.add('the token');
  const visit = (value: unknown, field: string): void => {
    if (Array.isArray(value)) for (const item of value) visit(item, field);
    else if (isRow(value)) for (const [name, item] of Object.entries(value)) visit(item, name);
    else if (typeof value === 'string' && value.length >= SHORTEST && secretField.test(field) && text.includes(JSON.stringify(value))) {
      if (value !== 'hidden') leaks.add(field);
    }
  };
  for (const { body } of raw) visit(body, '');
  return [...leaks];
}
