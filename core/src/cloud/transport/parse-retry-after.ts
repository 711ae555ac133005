/**
 * Reads a `Retry-After` header: whole seconds or an HTTP date. Gives milliseconds from now, never negative; undefined for
 * anything else.
 */
export function parseRetryAfter(value: string | undefined, nowMs: number): number | undefined {
  const text = value?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  // A date starts with its weekday; without this check `Date.parse` would take "-5" or "1.5" for a year or a month.
  if (!/^[A-Za-z]{3,9},? /.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}
