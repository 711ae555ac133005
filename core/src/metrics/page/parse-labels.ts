const [QUOTE, COMMA, EQUALS, CLOSE, BACKSLASH, SPACE, TAB] = [34, 44, 61, 125, 92, 32, 9];

/**
 * Reads labels from behind the opening brace up to the closing one; undefined when they are not well formed before `end`.
 * Gives the place behind the closing brace.
 */
export function parseLabels(
  text: string,
  from: number,
  end: number,
): { readonly labels: Readonly<Record<string, string>>; readonly end: number } | undefined {
  const labels: Record<string, string> = {};
  let at = skip(text, from, end);
  while (at < end && text.charCodeAt(at) !== CLOSE) {
    const start = at;
    while (at < end && isNameChar(text.charCodeAt(at))) at += 1;
    const name = text.slice(start, at);
    at = skip(text, at, end);
    if (name === '' || text.charCodeAt(at) !== EQUALS) return undefined;
    at = skip(text, at + 1, end);
    if (text.charCodeAt(at) !== QUOTE) return undefined;
    const close = findQuote(text, at + 1, end);
    if (close === undefined) return undefined;
    const raw = text.slice(at + 1, close.at);
    setLabel(labels, name, close.hasEscape ? unescape(raw) : raw);
    at = skip(text, close.at + 1, end);
    if (text.charCodeAt(at) === COMMA) at = skip(text, at + 1, end);
    else if (text.charCodeAt(at) !== CLOSE) return undefined;
  }
  return at < end ? { labels, end: at + 1 } : undefined;
}

/** A page comes from outside: a label called `__proto__` is a label. */
function setLabel(labels: Record<string, string>, name: string, value: string): void {
  if (name === '__proto__') Object.defineProperty(labels, name, { value, enumerable: true, configurable: true, writable: true });
  else labels[name] = value;
}

function findQuote(text: string, from: number, end: number): { readonly at: number; readonly hasEscape: boolean } | undefined {
  let hasEscape = false;
  for (let at = from; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return { at, hasEscape };
    if (code === BACKSLASH) {
      hasEscape = true;
      at += 1;
    }
  }
  return undefined;
}

const unescape = (raw: string): string => raw.replace(/\\([\\"n])/g, (_all, kind: string) => (kind === 'n' ? '\n' : kind));

function skip(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && (text.charCodeAt(at) === SPACE || text.charCodeAt(at) === TAB)) at += 1;
  return at;
}

const isNameChar = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || (code >= 48 && code <= 57);
