import { parseLabels } from './parse-labels.ts';

/** One line of a page: a series and its value at that moment. */
export interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** May be NaN or infinite. */
  readonly value: number;
  /** As the page says it: milliseconds in the Prometheus format, seconds in OpenMetrics. */
  readonly timestamp?: number;
}

export interface ParsedPage {
  /** In the order of the page. */
  readonly samples: readonly Sample[];
  /** Lines of wanted series that could not be read. */
  readonly badLines: number;
  /** Number of the first of them, from 1. */
  readonly firstBadLine?: number;
  /** The page ends in the middle of a line. That line is left out: half a number is another number. */
  readonly isCut: boolean;
}

const [TAB, LINE_FEED, RETURN, SPACE, HASH, BRACE] = [9, 10, 13, 32, 35, 123];

/**
 * Reads a page in the Prometheus text format 0.0.4 or OpenMetrics 1.0 in one pass, and keeps only the series in `wanted`; all
 * of them without it. Lines of others are neither checked nor copied, which is where the speed comes from. Never throws:
 * what cannot be read is counted.
 */
export function parsePage(text: string, wanted?: ReadonlySet<string>): ParsedPage {
  const samples: Sample[] = [];
  const { length } = text;
  let [at, line, badLines, firstBadLine] = [0, 0, 0, 0];
  let isCut = false;
  // Series of one family stand together: a line that goes on as the last one began needs no look into the set.
  let [lastName, isLastWanted] = ['', false];
  while (at < length) {
    line += 1;
    let first = text.charCodeAt(at);
    while (first === SPACE || first === TAB) first = text.charCodeAt(++at);
    if (first === HASH) {
      if (text.startsWith('# EOF', at) && isLineEnd(text, at + 5)) break;
      const end = text.indexOf('\n', at);
      if (end < 0) break;
      at = end + 1;
      continue;
    }
    if (first === LINE_FEED) {
      at += 1;
      continue;
    }
    let nameEnd = at + lastName.length;
    if (!(lastName !== '' && text.startsWith(lastName, at) && isNameEnd(text.charCodeAt(nameEnd)))) {
      nameEnd = at;
      while (nameEnd < length && !isNameEnd(text.charCodeAt(nameEnd))) nameEnd += 1;
      lastName = text.slice(at, nameEnd);
      isLastWanted = wanted === undefined ? isName(lastName) : wanted.has(lastName);
    }
    const end = text.indexOf('\n', nameEnd);
    if (end < 0) {
      isCut = true;
      break;
    }
    if (isLastWanted) {
      const sample = readSample(text, lastName, nameEnd, end);
      if (sample) samples.push(sample);
      else {
        badLines += 1;
        firstBadLine ||= line;
      }
    } else if (wanted === undefined && (nameEnd > at || text.charCodeAt(at) !== RETURN)) {
      badLines += 1;
      firstBadLine ||= line;
    }
    at = end + 1;
  }
  return { samples, badLines, isCut, ...(firstBadLine > 0 ? { firstBadLine } : {}) };
}

/** Ends a name: anything of white space, a brace, or what cannot be read at all (NaN, the end of the text). */
const isNameEnd = (code: number): boolean =>
  code === BRACE || code === SPACE || code === TAB || code === LINE_FEED || code === RETURN || Number.isNaN(code);

const isName = (text: string): boolean => /^[a-zA-Z_:][a-zA-Z0-9_:]*$/.test(text);

const isLineEnd = (text: string, at: number): boolean => at >= text.length || text[at] === '\n' || text[at] === '\r';

/** The line `text[from..end]` behind the name; undefined when it cannot be read. */
function readSample(text: string, name: string, from: number, end: number): Sample | undefined {
  let at = skipBlanks(text, from, end);
  let labels: Readonly<Record<string, string>> = {};
  if (text.charCodeAt(at) === BRACE) {
    const read = parseLabels(text, at + 1, end);
    if (!read) return undefined;
    labels = read.labels;
    at = skipBlanks(text, read.end, end);
  } else if (at === from) return undefined;
  const valueEnd = findBlank(text, at, end);
  const value = parseNumber(text.slice(at, valueEnd));
  if (value === undefined) return undefined;
  at = skipBlanks(text, valueEnd, end);
  // What follows a hash is an exemplar of OpenMetrics.
  if (at >= end || text.charCodeAt(at) === HASH) return { name, labels, value };
  const timeEnd = findBlank(text, at, end);
  const timestamp = parseNumber(text.slice(at, timeEnd));
  at = skipBlanks(text, timeEnd, end);
  if (timestamp === undefined || (at < end && text.charCodeAt(at) !== HASH)) return undefined;
  return { name, labels, value, timestamp };
}

function skipBlanks(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isBlank(text.charCodeAt(at))) at += 1;
  return at;
}

function findBlank(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && !isBlank(text.charCodeAt(at))) at += 1;
  return at;
}

const isBlank = (code: number): boolean => code === SPACE || code === TAB || code === RETURN;

const shape = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/** A number as Go writes it, with `NaN`, `+Inf` and `-Inf`; undefined for anything else. */
export function parseNumber(text: string): number | undefined {
  if (shape.test(text)) return Number(text);
  switch (text.toLowerCase()) {
    case 'nan':
      return Number.NaN;
    case '+inf':
    case 'inf':
      return Number.POSITIVE_INFINITY;
    case '-inf':
      return Number.NEGATIVE_INFINITY;
    default:
      return undefined;
  }
}
