import { startsToken } from '#core/infra/format/split-line.ts';

/** A quoted text: where it ends, and what it says. `isClosed` is false when the closing quote is missing. */
export interface QuotedText {
  readonly end: number;
  readonly text: string;
  readonly isClosed: boolean;
}

/** Reads a quoted text that begins at `start`. Without a closing quote before `limit` it ends with its line. */
export function scanQuoted(text: string, start: number, limit: number): QuotedText {
  const quote = text[start];
  for (let at = start + 1; at < limit; at += 1) {
    if (text[at] === '\\' && quote === '"') at += 1;
    else if (text[at] === quote) {
      if (quote === "'" && text[at + 1] === "'") at += 1;
      else return { end: at + 1, text: unquote(text.slice(start, at + 1)), isClosed: true };
    }
  }
  const end = Math.min(findLineEnd(text, start), limit);
  return { end, text: text.slice(start + 1, end).trimEnd(), isClosed: false };
}

/** What a closed quoted text says. Escapes that are not JSON's stay as they are: nobody completes them. */
function unquote(quoted: string): string {
  if (quoted.startsWith("'")) return quoted.slice(1, -1).replaceAll("''", "'");
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return quoted.slice(1, -1);
  }
}

/** Where the line of an offset ends, before its line break. */
export function findLineEnd(text: string, offset: number): number {
  for (let at = offset; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13) return at;
  }
  return text.length;
}

/** Where the line after the one that ends at `lineEnd` begins. */
export const findNextLine = (text: string, lineEnd: number): number =>
  text[lineEnd] === '\r' && text[lineEnd + 1] === '\n' ? lineEnd + 2 : Math.min(lineEnd + 1, text.length);

/** Where blanks and tabs from an offset end. */
export function skipBlanks(text: string, offset: number, end: number): number {
  let at = offset;
  while (at < end && (text[at] === ' ' || text[at] === '\t')) at += 1;
  return at;
}

/** Where a comment begins between two offsets of a line, or the second of them. Quoted text is skipped. */
export function findComment(text: string, start: number, end: number): number {
  let quote = '';
  for (let at = start; at < end; at += 1) {
    const character = text[at] ?? '';
    if (quote !== '') {
      if (character === '\\' && quote === '"') at += 1;
      else if (character === quote) quote = '';
    } else if ((character === '"' || character === "'") && startsToken(text.slice(start, at), at - start)) quote = character;
    else if (character === '#' && (at === start || /\s/.test(text[at - 1] ?? ''))) return at;
  }
  return end;
}

/** Where the text before an offset ends without its trailing blanks. */
export function trimEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && (text[at - 1] === ' ' || text[at - 1] === '\t')) at -= 1;
  return at;
}
