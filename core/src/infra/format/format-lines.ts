import { countOpen, formatFlow } from './format-flow.ts';
import { splitComment, splitLine, type LineParts } from './split-line.ts';

const STEP = 2;

/** A column where a mapping or list begins: where it was, and where it goes. */
interface Level {
  readonly from: number;
  readonly to: number;
  readonly kind: 'mapping' | 'list';
}

/** Formats line by line; see format-infra-text.ts, which also proves the result. `text` has `\n` as line break. */
export function formatLines(text: string): string {
  const formatter = new LineFormatter();
  for (const line of text.split('\n')) formatter.add(line);
  return formatter.finish();
}

class LineFormatter {
  readonly #lines: string[] = [];
  readonly #levels: Level[] = [];
  /** Comments and blank lines whose place depends on the line after them. */
  #waiting: string[] = [];
  /** Brackets that earlier lines left open. */
  #open = 0;
  /** The block scalar we are in: the indentation of its key, and by how much its lines move once that is known. */
  #scalar: { readonly parent: number; readonly to: number; shift?: number } | undefined;

  add(line: string): void {
    const content = line.trim();
    const indent = line.length - line.trimStart().length;
    if (this.#scalar && (content === '' || indent > this.#scalar.parent)) this.#addScalarLine(line, indent, content);
    else {
      this.#scalar = undefined;
      if (content === '' || (content.startsWith('#') && this.#open === 0)) this.#waiting.push(content === '' ? '' : line.trimEnd());
      else if (this.#open > 0) this.#addFlowLine(content);
      else this.#addLine(content, indent);
    }
  }

  finish(): string {
    this.#flushWaiting(0, 0, this.#levels);
    return `${this.#lines.join('\n').replace(/\n+$/, '')}\n`;
  }

  #addLine(content: string, indent: number): void {
    if (/^(?:---|\.\.\.)(?:\s|$)|^%/.test(content) && indent === 0) {
      this.#flushWaiting(0);
      this.#levels.length = 0;
      this.#lines.push(content);
      return;
    }
    const parts = splitLine(content);
    const open = [...this.#levels];
    const to = this.#enter(indent, content.startsWith('- ') || content === '-', parts);
    this.#flushWaiting(to, indent, open);
    this.#lines.push(`${' '.repeat(to)}${printParts(parts)}`);
    const inner = to + STEP * parts.dashes;
    const last = parts.offsets.at(-1) ?? 0;
    if (parts.dashes > 0 && parts.key !== '') this.#levels.push({ from: indent + last, to: inner, kind: 'mapping' });
    if (/^(?:[&!]\S+\s+)*[|>][-+\d]*$/.test(parts.value))
      this.#scalar = {
        parent: parts.key === '' ? indent + last - 1 : indent + last,
        to: parts.key === '' ? Math.max(inner, to + STEP) : inner + STEP,
      };
    else if (/^[[{]/.test(parts.value)) this.#open = Math.max(0, countOpen(parts.value));
  }

  /** Finds the level of a line, leaving deeper ones; gives its new column. */
  #enter(indent: number, isItem: boolean, parts: LineParts): number {
    // A line of a mapping in the column of a list ends the list: it belongs to the mapping the list is a value in.
    const isLeft = (level: Level): boolean => level.from > indent || (level.from === indent && level.kind === 'list' && !isItem);
    let top = this.#levels.at(-1);
    while (top && isLeft(top)) {
      this.#levels.pop();
      top = this.#levels.at(-1);
    }
    const kind = isItem ? 'list' : 'mapping';
    if (top && top.from === indent && top.kind === kind) return top.to;
    const to = top ? top.to + STEP : 0;
    if (isItem || parts.key !== '') this.#levels.push({ from: indent, to, kind });
    return to;
  }

  #addFlowLine(content: string): void {
    const { code, comment } = splitComment(content);
    const closing = /^[\]}]+/.exec(code)?.[0].length ?? 0;
    const base = this.#levels.at(-1)?.to ?? 0;
    this.#flushWaiting(base + STEP);
    this.#lines.push(' '.repeat(base + STEP * Math.max(0, this.#open - closing)) + join(code.trim(), comment));
    this.#open = Math.max(0, this.#open + countOpen(code));
  }

  #addScalarLine(line: string, indent: number, content: string): void {
    const scalar = this.#scalar;
    if (!scalar) return;
    if (content !== '') scalar.shift ??= scalar.to - indent;
    const shift = scalar.shift ?? 0;
    this.#flushWaiting(0);
    this.#lines.push(content === '' ? line : shift >= 0 ? ' '.repeat(shift) + line : line.slice(Math.min(-shift, indent)));
  }

  /**
   * Writes the comments that waited. One that was indented like an open level stays with it; any other goes with the
   * line after it. Blank lines are kept, at most one in a row.
   */
  #flushWaiting(to: number, from = 0, levels: readonly Level[] = []): void {
    for (const line of this.#waiting) {
      const content = line.trim();
      const indent = line.length - content.length;
      const level = indent > from ? levels.find((candidate) => candidate.from === indent) : undefined;
      if (content !== '') this.#lines.push(' '.repeat(level?.to ?? to) + content);
      else if (this.#lines.length > 0 && this.#lines.at(-1) !== '') this.#lines.push('');
    }
    this.#waiting = [];
  }
}

function printParts({ dashes, key, value, comment }: LineParts): string {
  const shown = formatFlow(value) ?? value;
  const body = key !== '' && shown !== '' ? `${key} ${shown}` : key + shown;
  return join('- '.repeat(dashes) + body, comment);
}

const join = (code: string, comment: string): string => (code !== '' && comment !== '' ? `${code} ${comment}` : code + comment);
