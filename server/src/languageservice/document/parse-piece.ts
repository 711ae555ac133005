import { isMap, isScalar, visit, type Document, type YAMLMap } from 'yaml';
import { convertDocument } from '#core/infra/parse/convert-document.ts';
import { LineIndex } from '#core/infra/parse/line-index.ts';
import { createLocate, type Locate, type PositionTree } from '#core/infra/parse/position-tree.ts';
import { parseSafely } from '#core/infra/parse/read-full-yaml.ts';
import { readPlainYaml } from '#core/infra/parse/read-plain-yaml.ts';
import { findSectionStart, toErrorDiagnostic, toProblemDiagnostic, toWarningDiagnostic } from '#core/infra/parse/yaml-diagnostics.ts';
import { isMapping } from '#core/infra/validate/schema-kind.ts';
import type { ChunkContent, Frame } from './chunk.ts';
import { mapRanges, toLocal, type Anchor } from './local-range.ts';
import type { Piece } from './split-pieces.ts';

/** Stands above an entry, so that the parser sees it at its depth. */
const PARENT = 's:\n';
/** What only the whole file can decide: several documents, a byte order mark, line ends that YAML does not know. */
const WHOLE = /\r(?!\n)|[\0\u{feff}]|^(?:---|\.\.\.)(?=\s|$)/mu;
const PREAMBLE = /^(?:(?: *(?:#[^\n\r\0\u{feff}]*)?\r?\n)*---\r?\n)?(?: *(?:#[^\n\r\0\u{feff}]*)?(?:\r?\n|$))*$/u;
/** Names of the neighbours that the full parser sees around a piece. */
const [ABOVE, BELOW] = ['x-ict-above', 'x-ict-below'];
/** Names that objects would reorder or lose. */
const UNSAFE_NAME = /^(?:\d+|__proto__|)$/;

/** Parses a piece the quick way; undefined when the full parser is needed. */
export function parsePlainPiece(file: string, piece: Piece, anchor: Anchor): ChunkContent | undefined {
  if (piece.role === 'preamble') return { kind: PREAMBLE.test(piece.text) ? 'blank' : 'whole' };
  const isEntry = piece.role === 'entry';
  const text = isEntry ? PARENT + piece.text : piece.text;
  const tree = readPlainYaml(text);
  return tree && toSound(tree, piece, new LineIndex(file, text), anchor, isEntry ? 1 : 0);
}

/**
 * Parses a piece with the full parser between two neighbours made for the purpose. When the parser finds the neighbours
 * as they are, everything outside of the piece is read the same whatever is wrong in it.
 */
export function parseFullPiece(file: string, piece: Piece, frame: Frame, anchor: Anchor): ChunkContent {
  if (WHOLE.test(piece.text) || piece.text.includes(ABOVE) || piece.text.includes(BELOW)) return { kind: 'whole' };
  const isEntry = piece.role === 'entry';
  const margin = ' '.repeat(piece.indent);
  const before = `${isEntry ? PARENT : ''}${frame.isFirst ? '' : `${margin}${ABOVE}: 1\n`}`;
  const after = frame.next === 'end' ? '' : frame.next === 'entry' ? `${margin}${BELOW}: 1\n` : `${BELOW}: 1\n`;
  const text = before + piece.text + after;
  const document = parseSafely(text);
  if ('tooDeepAt' in document) return { kind: 'whole' };
  const afterStart = before.length + piece.text.length;
  const own = findOwn(document, { frame, isEntry, afterStart: afterStart + (frame.next === 'entry' ? piece.indent : 0) });
  const isOutside = ({ pos }: { readonly pos: readonly [number, number] }): boolean =>
    pos[0] < before.length || (after !== '' && (pos[0] >= afterStart || pos[1] > afterStart));
  if (!own || [...document.errors, ...document.warnings].some(isOutside)) return { kind: 'spilled' };
  const lines = new LineIndex(file, text);
  const skippedLines = (isEntry ? 1 : 0) + (frame.isFirst ? 0 : 1);
  const local = (diagnostic: Parameters<typeof mapRanges>[0]) => mapRanges(diagnostic, (range) => toLocal(range, anchor, skippedLines));
  const warnings = document.warnings.map((warning) => local(toWarningDiagnostic(warning, lines)));
  if (document.errors.length > 0) {
    const errors = [...document.errors]
      .sort((a, b) => a.pos[0] - b.pos[0])
      .map((error) => {
        const start = findSectionStart(text, error.pos[0]);
        return {
          diagnostic: local(toErrorDiagnostic(error, text, lines)),
          sectionOffset: start < before.length ? undefined : start - before.length,
        };
      });
    const tail = findSectionStart(text, afterStart - 1);
    return { kind: 'broken', errors, warnings, lastSectionOffset: tail < before.length ? undefined : tail - before.length };
  }
  if (own.length !== 1 || needsWhole(document)) return { kind: 'whole' };
  const { tree, problems } = convertDocument(document);
  if (problems.some(({ kind }) => kind !== 'duplicate-key')) return { kind: 'whole' };
  const sound = toSound(stripNeighbours(tree, isEntry), piece, lines, anchor, skippedLines);
  return sound.kind === 'sound'
    ? { ...sound, warnings, problems: problems.map((problem) => local(toProblemDiagnostic(problem, lines))) }
    : sound;
}

interface Expected {
  readonly frame: Frame;
  readonly isEntry: boolean;
  /** Where the following neighbour's key must stand. */
  readonly afterStart: number;
}

/** The pairs of the piece itself; undefined when a neighbour is not as it should be. */
function findOwn(document: Document.Parsed, { frame, isEntry, afterStart }: Expected): YAMLMap['items'] | undefined {
  const root: unknown = document.contents;
  if (!isMap(root)) return undefined;
  const top = [...root.items];
  if (isEntry && frame.next === 'section' && !isNeighbour(top.pop(), BELOW, afterStart)) return undefined;
  const inner: unknown = isEntry ? top[0]?.value : undefined;
  if (isEntry && (top.length !== 1 || !isMap(inner))) return undefined;
  const own = isMap(inner) ? [...inner.items] : top;
  if (!frame.isFirst && !isNeighbour(own.shift(), ABOVE)) return undefined;
  if (frame.next === 'entry' || (!isEntry && frame.next === 'section')) {
    if (!isNeighbour(own.pop(), BELOW, afterStart)) return undefined;
  }
  return own;
}

const isNeighbour = (pair: YAMLMap['items'][number] | undefined, name: string, start?: number): boolean =>
  pair !== undefined &&
  isScalar(pair.key) &&
  pair.key.value === name &&
  (start === undefined || pair.key.range?.[0] === start) &&
  isScalar(pair.value) &&
  pair.value.value === 1;

/** Whether a text has anchors, aliases or merge keys, whose meaning comes from other chunks. */
function needsWhole(document: Document.Parsed): boolean {
  let found = false;
  visit(document, {
    Alias: () => {
      found = true;
      return visit.BREAK;
    },
    Node: (_, node) => {
      if (!('anchor' in node) || node.anchor === undefined) return undefined;
      found = true;
      return visit.BREAK;
    },
    Pair: (_, { key }) => {
      if (!isScalar(key) || key.value !== '<<') return undefined;
      found = true;
      return visit.BREAK;
    },
  });
  return found;
}

/** Takes the neighbours out of the value, and their places with them. */
function stripNeighbours(tree: PositionTree, isEntry: boolean): PositionTree {
  const root = isMapping(tree.root) ? tree.root : {};
  const container = isEntry ? root['s'] : root;
  if (!isMapping(container)) return tree;
  const isOther = (name: string): boolean => (name === ABOVE || name === BELOW) && container[name] === 1;
  const names = Object.keys(container);
  const places = tree.spans.get(container) ?? [];
  const own = names.flatMap((name, index) => (isOther(name) ? [] : places.slice(index * 4, index * 4 + 4)));
  for (const name of names.filter(isOther)) delete (container as Record<string, unknown>)[name];
  return { ...tree, spans: new Map([...tree.spans, [container, own]]) };
}

function toSound(tree: PositionTree, piece: Piece, lines: LineIndex, anchor: Anchor, skippedLines: number): ChunkContent {
  const isEntry = piece.role === 'entry';
  const root = isMapping(tree.root) ? tree.root : {};
  const container = isEntry ? root['s'] : root;
  if (!isMapping(container)) return { kind: 'whole' };
  const names = Object.keys(container);
  const [name] = names;
  if (names.length !== 1 || name === undefined || UNSAFE_NAME.test(name)) return { kind: 'whole' };
  let find: Locate | undefined;
  const locate: Locate = (path, part) => {
    find ??= createLocate(tree, lines);
    return toLocal(find(isEntry ? ['s', ...path.slice(1)] : path, part), anchor, skippedLines);
  };
  return { kind: 'sound', name, value: container[name], locate, warnings: [], problems: [] };
}
