import { infraFile } from '#schemas/infra/infra-file.ts';
import { kindOf } from '#core/infra/validate/schema-kind.ts';

/**
 * What the lines of a piece are: what stands above the first key, the line of a section with named entries, one entry of
 * it, or any other section as a whole.
 */
export type PieceRole = 'preamble' | 'head' | 'entry' | 'section';

/** Some whole lines of a document that are parsed together. */
export interface Piece {
  readonly role: PieceRole;
  /** The section an entry belongs to; empty for other pieces. */
  readonly section: string;
  /** Column of the entry's name; 0 for other pieces. */
  readonly indent: number;
  readonly text: string;
}

/** Where splitting stands: the section with named entries that is open, and the column of its entries once one was seen. */
export interface SplitContext {
  readonly section: string;
  readonly indent: number;
}

/** Outside of every section with named entries. */
export const NO_SECTION: SplitContext = { section: '', indent: -1 };

/** Sections whose entries are pieces of their own. */
export const entrySections: ReadonlySet<string> = new Set(
  Object.entries(infraFile.shape).flatMap(([name, schema]) => (kindOf(schema).kind === 'record' ? [name] : [])),
);

const HEADER = /(?:[\p{L}\p{N}_][\p{L}\p{N}_. -]*|"[^"\\\t\r\n]*"|'[^'\t\r\n]*'):(?=[ \r\n]|$)/uy;
const HEAD = /([A-Za-z_]+):(?: *| +#[^\n]*)\r?(?:\n|$)/y;
const [LINE_FEED, RETURN, SPACE, HASH] = [10, 13, 32, 35];

/**
 * Splits whole lines into pieces. In valid YAML no line inside of an entry stands in the entry's own column or left of
 * it, so lines are enough; what an invalid text makes of it is found when the pieces are parsed. `isContinued` says that
 * the text begins with lines that belong to the piece before it; without such a piece they are a preamble.
 */
export function splitPieces(
  text: string,
  context: SplitContext,
): { readonly pieces: readonly Piece[]; readonly context: SplitContext; readonly isContinued: boolean } {
  const pieces: Piece[] = [];
  let { section, indent } = context;
  let open: Omit<Piece, 'text'> = { role: 'preamble', section: '', indent: 0 };
  let from = 0;
  let isContinued = false;
  const begin = (at: number, piece: Omit<Piece, 'text'>): void => {
    if (at > from) {
      pieces.push({ ...open, text: text.slice(from, at) });
      if (from === 0) isContinued = true;
    }
    from = at;
    open = piece;
  };
  let hasBegun = false;
  for (let start = 0; start < text.length;) {
    let at = start;
    while (text.charCodeAt(at) === SPACE) at += 1;
    const code = text.charCodeAt(at);
    const isBlank = at >= text.length || code === LINE_FEED || code === HASH || (code === RETURN && text.charCodeAt(at + 1) === LINE_FEED);
    const column = at - start;
    if (!isBlank && column === 0 && startsHeader(text, at)) {
      const name = headName(text, at);
      section = name;
      indent = -1;
      begin(start, { role: name === '' ? 'section' : 'head', section: '', indent: 0 });
      if (start === 0) hasBegun = true;
    } else if (!isBlank && column > 0 && section !== '' && (indent < 0 || (indent === column && startsHeader(text, at)))) {
      indent = column;
      begin(start, { role: 'entry', section, indent });
      if (start === 0) hasBegun = true;
    } else if (!isBlank && column === 0 && section !== '' && indent < 0) {
      // Something else than entries follows the section's line (`-` in column 0): the section is one piece.
      section = '';
      open = { ...open, role: open.role === 'head' ? 'section' : open.role };
    }
    const lineBreak = text.indexOf('\n', at);
    start = lineBreak < 0 ? text.length : lineBreak + 1;
  }
  if (from < text.length) pieces.push({ ...open, text: text.slice(from) });
  return { pieces, context: { section, indent }, isContinued: text !== '' && !hasBegun && (isContinued || from === 0) };
}

function startsHeader(text: string, at: number): boolean {
  HEADER.lastIndex = at;
  return HEADER.test(text);
}

/** Name of the section with named entries that a line opens, or nothing. */
function headName(text: string, at: number): string {
  HEAD.lastIndex = at;
  const name = HEAD.exec(text)?.[1] ?? '';
  return entrySections.has(name) ? name : '';
}
