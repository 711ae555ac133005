import type { Token } from './outline.ts';

const [TAB, SPACE, QUOTE, HASH, APOSTROPHE, COMMA, COLON, BACKSLASH] = [9, 32, 34, 35, 39, 44, 58, 92];

/** Whether a character is a space or a tab. */
export const isBlank = (code: number): boolean => code === SPACE || code === TAB;

/** Whether a character ends a line; the end of the text (NaN) does. */
export const isBreak = (code: number): boolean => code === 10 || code === 13 || Number.isNaN(code);

/** Brackets and the comma, which end a plain scalar inside of brackets. */
export const isFlowSign = (code: number): boolean => code === COMMA || code === 91 || code === 93 || code === 123 || code === 125;

/** Offset of the next character that is no space or tab. */
export function skipBlanks(text: string, from: number): number {
  let at = from;
  while (isBlank(text.charCodeAt(at))) at += 1;
  return at;
}

/** Whether a comment begins at an offset. */
export const startsComment = (text: string, at: number): boolean =>
  text.charCodeAt(at) === HASH && (at === 0 || isBlank(text.charCodeAt(at - 1)) || isBreak(text.charCodeAt(at - 1)));

/** Whether a colon at an offset ends a key. Inside of brackets a comma or bracket may follow. */
export function endsKey(text: string, at: number, isFlow: boolean): boolean {
  if (text.charCodeAt(at) !== COLON) return false;
  const next = text.charCodeAt(at + 1);
  return isBlank(next) || isBreak(next) || (isFlow && isFlowSign(next));
}

/** Reads a plain scalar up to the end of its line, a comment, or the colon of a key. */
export function readPlain(text: string, start: number, isFlow: boolean): Token {
  let at = start;
  let end = start;
  for (;;) {
    const code = text.charCodeAt(at);
    // Letters and digits, the most of every text.
    if ((code > 93 && code < 123) || (code > 63 && code < 91) || (code > 47 && code < 58) || code > 127) {
      at += 1;
      end = at;
      continue;
    }
    if (isBreak(code) || (isFlow && isFlowSign(code)) || endsKey(text, at, isFlow) || (at > start && startsComment(text, at))) break;
    at += 1;
    if (!isBlank(code)) end = at;
  }
  return { start, end, text: text.slice(start, end), quote: '' };
}

/**
 * Reads a quoted scalar. It may go on in lines that stand further right than `ownerColumn`; one that is never closed
 * ends with its first line.
 */
export function readQuoted(text: string, start: number, ownerColumn: number): Token {
  const code = text.charCodeAt(start);
  const quote = code === QUOTE ? '"' : "'";
  let firstEnd = -1;
  for (let at = start + 1; at < text.length; at += 1) {
    const next = text.charCodeAt(at);
    if (next === BACKSLASH && code === QUOTE && !isBreak(text.charCodeAt(at + 1))) at += 1;
    else if (next === code) {
      if (code !== APOSTROPHE || text.charCodeAt(at + 1) !== APOSTROPHE) return toToken(text, start, at + 1, quote, true);
      at += 1;
    } else if (isBreak(next)) {
      if (firstEnd < 0) firstEnd = at;
      const first = skipBlanks(text, at + 1);
      if (!isBreak(text.charCodeAt(first)) && first - at - 1 <= ownerColumn) break;
    }
  }
  return toToken(text, start, firstEnd < 0 ? text.length : firstEnd, quote, false);
}

function toToken(text: string, start: number, end: number, quote: '"' | "'", isClosed: boolean): Token {
  const inner = text.slice(start + 1, isClosed ? end - 1 : end);
  return { start, end, text: quote === "'" ? inner.replaceAll("''", "'") : unescape(inner), quote };
}

function unescape(inner: string): string {
  if (!inner.includes('\\')) return inner;
  try {
    return String(JSON.parse(`"${inner}"`));
  } catch {
    // An escape that only YAML has: no name has one.
    return inner;
  }
}

/** Whether a quote begins at an offset. */
export const startsQuote = (text: string, at: number): boolean => text.charCodeAt(at) === QUOTE || text.charCodeAt(at) === APOSTROPHE;
