import type { Range } from 'vscode-languageserver';
import { MAX_INFRA_BYTES } from '#core/infra/load/read-text.ts';

/** UTF-16 units above which a text is not even kept. */
const MAX_KEPT = 4 * MAX_INFRA_BYTES;

/**
 * A text above the limit of infra files. Nothing looks at it, but it is kept, so that edits that shorten it bring it back; a text far above
 * the limit is not, and then only its length is known.
 */
export class LargeText {
  #text: string | undefined;
  #length: number;

  constructor(text: string) {
    this.#length = text.length;
    this.#text = text.length > MAX_KEPT ? undefined : text;
  }

  /** In UTF-16 units, of which each is a byte of UTF-8 at least. Of a text that is not kept, the length it had. */
  get length(): number {
    return this.#length;
  }

  /** The text; undefined when it is not kept: then edits mean nothing. */
  get text(): string | undefined {
    return this.#text;
  }

  /** Puts a text in the place of a range; both as the editor sends them. */
  change(range: Range, newText: string): void {
    const before = this.#text;
    if (before === undefined) return;
    const start = offsetAt(before, range.start);
    const end = Math.max(start, offsetAt(before, range.end));
    this.#length = before.length - (end - start) + newText.length;
    this.#text = this.#length > MAX_KEPT ? undefined : before.slice(0, start) + newText + before.slice(end);
  }
}

/** Positions behind the end of a line or of the text are moved to it. `\n`, `\r\n` and a lone `\r` end a line. */
function offsetAt(text: string, { line, character }: Range['start']): number {
  let start = 0;
  for (let passed = 0; passed < line; passed += 1) {
    const end = findLineEnd(text, start);
    if (end === text.length) return end;
    start = text.startsWith('\r\n', end) ? end + 2 : end + 1;
  }
  return Math.min(start + character, findLineEnd(text, start));
}

function findLineEnd(text: string, from: number): number {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13) return at;
  }
  return text.length;
}
