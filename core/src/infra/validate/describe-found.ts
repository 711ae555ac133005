import { t, verbatim, type Text } from '#schemas/text/text.ts';
import { looksLikeSecret } from './looks-like-secret.ts';

const MAX_QUOTED = 60;

/** A value as the user wrote it, for a message. Long ones are cut, and what may be a secret is never repeated. */
export function quote(value: string | number | boolean): string {
  const text = String(value);
  if (looksLikeSecret(text)) return '…';
  return text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text;
}

/** What stands in the file, to be read after "found". */
export function describeFound(value: unknown): Text {
  if (value === null || value === undefined) return t('nothing');
  if (Array.isArray(value)) return t('a list');
  if (typeof value === 'object') return t('a mapping');
  if (typeof value === 'string') return t('the text `{0}`', quote(value));
  if (typeof value === 'number') return t('the number `{0}`', quote(value));
  return typeof value === 'boolean' ? verbatim(`\`${value}\``) : t('a value of another kind');
}
