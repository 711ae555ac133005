/** Why bytes are no text. */
export type DecodeFailure = 'utf-16' | 'binary' | 'not-utf-8';

export type DecodedText = { readonly text: string } | { readonly failure: DecodeFailure };

/** Decodes UTF-8. A byte order mark is dropped: an editor does not show it, so no position may count it. */
export function decodeText(bytes: Uint8Array): DecodedText {
  if (startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff])) return { failure: 'utf-16' };
  if (bytes.includes(0)) return { failure: 'binary' };
  try {
    return { text: stripMark(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)) };
  } catch {
    return { failure: 'not-utf-8' };
  }
}

/** Drops a byte order mark at the start of a text. */
export const stripMark = (text: string): string => (text.startsWith('\u{feff}') ? text.slice(1) : text);

const startsWith = (bytes: Uint8Array, prefix: readonly number[]): boolean => prefix.every((byte, index) => bytes[index] === byte);
