/** One line without its indentation, taken apart. */
export interface LineParts {
  /** `- ` once for each list that begins on the line. */
  readonly dashes: number;
  /** Columns from the start of the line to what follows each dash. */
  readonly offsets: readonly number[];
  /** The key with its colon, or nothing. */
  readonly key: string;
  /** What follows, without surrounding blanks. */
  readonly value: string;
  /** `# …` at the end, or nothing. */
  readonly comment: string;
}

const KEY = /^(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#[\]{}"'&*!|>%@`,-][^#:]*?|-[^\s:#]+)\s*:(?=\s|$)/;

/** Takes a line apart: dashes, key, value, comment. Quoted text is never split. */
export function splitLine(content: string): LineParts {
  const offsets: number[] = [];
  let rest = content;
  for (let match = /^-\s+(?=[^\s#])/.exec(rest); match; match = /^-\s+(?=[^\s#])/.exec(rest)) {
    offsets.push((offsets.at(-1) ?? 0) + match[0].length);
    rest = rest.slice(match[0].length);
  }
  const key = KEY.exec(rest)?.[0] ?? '';
  const { code, comment } = splitComment(rest.slice(key.length));
  return { dashes: offsets.length, offsets, key: key.replace(/\s+:$/, ':'), value: code.trim(), comment };
}

/** Splits a `# comment` off. A hash within quotes or within a word is no comment. */
export function splitComment(text: string): { readonly code: string; readonly comment: string } {
  let quote = '';
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (quote !== '') {
      if (character === '\\' && quote === '"') at += 1;
      else if (character === quote) quote = '';
    } else if ((character === '"' || character === "'") && startsToken(text, at)) quote = character;
    else if (character === '#' && (at === 0 || /\s/.test(text[at - 1] ?? '')))
      return { code: text.slice(0, at), comment: text.slice(at).trimEnd() };
  }
  return { code: text, comment: '' };
}

/** A quote within a word (`it's`) is a letter; it opens a string only where a value can begin. */
export const startsToken = (text: string, at: number): boolean => /(?:^|[\s,[{(:])$/.test(text.slice(0, at));
