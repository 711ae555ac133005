import { NotPlain } from './plain-scalar.ts';

/** Keys that are read without the full parser. */
export const KEY = /[A-Za-z_][A-Za-z0-9_.-]*|[0-9]+[A-Za-z_-][A-Za-z0-9_.-]*/y;

const [SPACE, HASH, HYPHEN, COLON] = [32, 35, 45, 58];

/** A place in a text that moves line by line over those that hold more than blanks and a comment. */
export class LineCursor {
  protected readonly text: string;
  /** Next character to read, on the current line. */
  protected at = 0;
  /** End of the current line, without its line break. */
  protected end = 0;
  /** Column at which the current line, or the part of it after `- `, begins; -1 after the last line. */
  protected column = -1;
  #nextLine = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** Reads what a sticky pattern matches here. */
  protected match(pattern: RegExp): string {
    const start = this.at;
    const end = this.endOfMatch(pattern);
    if (end < 0) throw new NotPlain();
    this.at = end;
    return this.text.slice(start, end);
  }

  /** Where a match of a sticky pattern that begins here ends; -1 without one. */
  protected endOfMatch(pattern: RegExp): number {
    pattern.lastIndex = this.at;
    return pattern.test(this.text) ? pattern.lastIndex : -1;
  }

  /** Goes to the next line that holds more than blanks and a comment. */
  protected advance(): void {
    while (this.#nextLine < this.text.length) {
      const start = this.#nextLine;
      const lineBreak = this.text.indexOf('\n', start);
      const end = lineBreak < 0 ? this.text.length : lineBreak;
      this.#nextLine = end + 1;
      this.end = this.code(end - 1) === 13 && end > start ? end - 1 : end;
      let at = start;
      while (at < this.end && this.code(at) === SPACE) at += 1;
      if (at === this.end || this.code(at) === HASH) continue;
      this.at = at;
      this.column = at - start;
      return;
    }
    this.column = -1;
  }

  protected hasMore(): boolean {
    return this.column >= 0;
  }

  protected startsItem(): boolean {
    return this.column >= 0 && this.code(this.at) === HYPHEN && this.code(this.at + 1) === SPACE;
  }

  protected startsMapping(): boolean {
    const after = this.endOfMatch(KEY);
    return after >= 0 && this.code(after) === COLON && (after + 1 === this.end || this.code(after + 1) === SPACE);
  }

  protected skipSpaces(): void {
    while (this.at < this.end && this.code(this.at) === SPACE) this.at += 1;
  }

  protected code(at: number): number {
    return this.text.charCodeAt(at);
  }
}
