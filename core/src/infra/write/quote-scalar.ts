const RESERVED = /^(?:~|null|true|false|[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:e[-+]?\d+)?|0o[0-7]+|0x[\da-f]+|[-+]?\.inf|\.nan|)$/i;
const PLAIN = /^[\p{L}\p{N}_./][\p{L}\p{N}_./()+ -]*$/u;

/** A text as a YAML scalar that means itself in a block and in brackets: plain where that is safe, else in quotes. */
export function quoteScalar(text: string): string {
  if (PLAIN.test(text) && !RESERVED.test(text) && text.trim() === text) return text;
  return /\p{Cc}/u.test(text) ? JSON.stringify(text) : `'${text.replaceAll("'", "''")}'`;
}
