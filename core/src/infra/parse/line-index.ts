import type { SourceRange } from '#schemas/plan/plan.ts';

/** Turns offsets of one text into lines and UTF-16 columns, both 0-based, as the Language Server Protocol counts them. */
export class LineIndex {
  readonly file: string;
  readonly #text: string;
  #starts: readonly number[] | undefined;

  constructor(file: string, text: string) {
    this.file = file;
    this.#text = text;
  }

  /** The place between two offsets. Offsets beyond the text are moved to its end. */
  toRange(start: number, end: number): SourceRange {
    return { file: this.file, start: this.#toPosition(start), end: this.#toPosition(Math.max(start, end)) };
  }

  #toPosition(offset: number): { line: number; character: number } {
    const starts = (this.#starts ??= findLineStarts(this.#text));
    const at = Math.min(Math.max(offset, 0), this.#text.length);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: at - (starts[low] ?? 0) };
  }
}

/** Offsets at which lines begin. `\n`, `\r\n` and a lone `\r` end a line. */
export function findLineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 10 || (code === 13 && text.charCodeAt(at + 1) !== 10)) starts.push(at + 1);
  }
  return starts;
}
