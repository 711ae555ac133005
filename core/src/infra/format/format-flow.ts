import { startsToken } from './split-line.ts';

/**
 * Spaces within a flow collection that stands on one line: `{ a: 1, b: [x, y] }`. Undefined when the text is anything
 * else, or the collection goes on in the next line.
 */
export function formatFlow(text: string): string | undefined {
  const first = text[0];
  if (first !== '{' && first !== '[') return undefined;
  const tokens = tokenize(text);
  if (!tokens) return undefined;
  let result = '';
  for (const [index, token] of tokens.entries()) {
    const next = tokens[index + 1];
    const isEmpty = (token === '{' && next === '}') || (token === '[' && next === ']');
    result += token;
    if (token === ',' || (token === '{' && !isEmpty) || (next === '}' && !isEmpty)) result += ' ';
  }
  return result;
}

/** Brackets, commas and what stands between them; undefined when brackets are not closed exactly at the end. */
function tokenize(text: string): readonly string[] | undefined {
  const tokens: string[] = [];
  let depth = 0;
  let word = '';
  const endWord = (): void => {
    if (word.trim() !== '') tokens.push(word.trim().replace(/^([\w.-]+)\s*:\s+/, '$1: '));
    word = '';
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if ((character === '"' || character === "'") && startsToken(text, at)) {
      const end = findQuoteEnd(text, at);
      if (end < 0) return undefined;
      word += text.slice(at, end + 1);
      at = end;
    } else if ('[]{},'.includes(character)) {
      // `{ a: [` : the key keeps its space before the bracket.
      const isAfterKey = /:\s*$/.test(word);
      endWord();
      if (isAfterKey) tokens.push(`${tokens.pop() ?? ''} `);
      tokens.push(character);
      depth += character === '[' || character === '{' ? 1 : character === ',' ? 0 : -1;
      if (depth === 0) return at === text.length - 1 ? tokens : undefined;
    } else word += character;
  }
  return undefined;
}

function findQuoteEnd(text: string, start: number): number {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === '\\' && quote === '"') at += 1;
    else if (text[at] === quote) {
      if (quote === "'" && text[at + 1] === "'") at += 1;
      else return at;
    }
  }
  return -1;
}

/** How many brackets a piece of text leaves open. Quoted text does not count. */
export function countOpen(text: string): number {
  let open = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if ((character === '"' || character === "'") && startsToken(text, at)) {
      const end = findQuoteEnd(text, at);
      if (end < 0) return open;
      at = end;
    } else if (character === '[' || character === '{') open += 1;
    else if (character === ']' || character === '}') open -= 1;
  }
  return open;
}
