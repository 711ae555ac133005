import type { Range, TextEdit } from 'vscode-languageserver-types';
import { formatInfraText } from '#core/infra/format/format-infra-text.ts';
import { formatLines } from '#core/infra/format/format-lines.ts';
import { isSameValue } from '#core/infra/format/is-same-value.ts';
import { stripMark } from '#core/infra/parse/decode-text.ts';
import { findLineStarts } from '#core/infra/parse/line-index.ts';
import { parseYaml } from '#core/infra/parse/parse-yaml.ts';
import type { TextRange } from '../document/infra-document-model.ts';
import { toLocalPosition } from '../document/outline.ts';
import type { OpenDocument } from '../open-document.ts';
import { diffLines, type Difference } from './diff-lines.ts';

/** Edits that bring a document into canonical form, as small as they can be. None for a text with errors. */
export function formatDocument({ model }: OpenDocument): TextEdit[] {
  const { text } = model;
  return toEdits(text, listDifferences(text));
}

/**
 * The same for some of its lines. Where they cannot change alone without changing the meaning, the sections they belong
 * to change with them.
 */
export function formatRange({ model }: OpenDocument, range: TextRange): TextEdit[] {
  const { text } = model;
  const differences = listDifferences(text);
  if (differences.length === 0) return [];
  const lineStarts = findLineStarts(text);
  const { value } = parseYaml('', text);
  for (const { from, to } of [{ from: range.start.line, to: range.end.line }, widen(model.chunks, range)]) {
    const [start, end] = [lineStarts[from] ?? text.length, lineStarts[to + 1] ?? text.length];
    const inside = differences.filter((difference) => difference.start >= start && difference.end <= end);
    if (isSameValue(parseYaml('', apply(text, inside)).value, value)) return toEdits(text, inside);
  }
  return [];
}

function listDifferences(text: string): readonly Difference[] {
  const bare = stripMark(text);
  const source = bare.replaceAll('\r\n', '\n');
  // What is in canonical form already needs no proof of its meaning.
  if (!bare.includes('\r') && formatLines(source) === source) return [];
  const formatted = stripMark(formatInfraText(bare).text);
  const mark = text.length - bare.length;
  return diffLines(bare, formatted).map(({ start, end, newText }) => ({ start: start + mark, end: end + mark, newText }));
}

/** First and last line of the sections that a range touches. */
function widen(chunks: OpenDocument['model']['chunks'], { start, end }: TextRange): { readonly from: number; readonly to: number } {
  let from = 0;
  let to = Number.MAX_SAFE_INTEGER;
  for (const { role, anchor } of chunks) {
    if (role === 'entry') continue;
    if (anchor.line <= start.line) from = anchor.line;
    else if (anchor.line > end.line) {
      to = anchor.line - 1;
      break;
    }
  }
  return { from, to };
}

const apply = (text: string, differences: readonly Difference[]): string =>
  differences.reduceRight((edited, { start, end, newText }) => edited.slice(0, start) + newText + edited.slice(end), text);

function toEdits(text: string, differences: readonly Difference[]): TextEdit[] {
  if (differences.length === 0) return [];
  const lineStarts = findLineStarts(text);
  return differences.map(({ start, end, newText }) => {
    const range: Range = { start: toLocalPosition(lineStarts, start), end: toLocalPosition(lineStarts, end) };
    return { range, newText };
  });
}
