const RESERVED = /^(?:~|null|true|false|[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:e[-+]?\d+)?|0o[0-7]+|0x[\da-f]+|[-+]?\.inf|\.nan|)$/i;
const PLAIN_START = /^[\p{L}\p{N}_./~($+@]/u;

/** Whether a text means itself without quotes. */
export function isPlainText(text: string, isFlow: boolean): boolean {
  if (RESERVED.test(text) || !PLAIN_START.test(text) || text.startsWith('@')) return false;
  if (/:(?:\s|$)|\s#|^\s|\s$|\p{Cc}|\u{feff}/u.test(text)) return false;
  return !isFlow || !/[,[\]{}]/.test(text);
}

/** A text as YAML: plain where that is safe, else in single quotes, or in those that stand there already. */
export function quoteText(text: string, isFlow: boolean, quote: '' | '"' | "'" = ''): string {
  if (quote === '' && isPlainText(text, isFlow)) return text;
  // Only double quotes can hold line breaks and the like.
  return quote === '"' || /\p{Cc}/u.test(text) ? JSON.stringify(text) : `'${text.replaceAll("'", "''")}'`;
}
