import type { FileEdit } from '#schemas/plan/panel-file.ts';
import type { SourceRange } from '#schemas/plan/plan.ts';
import { serverEntry } from '#schemas/infra/server-entry.ts';
import type { ExpandedEntry, ExpandedInfra } from '../expand/expanded-infra.ts';
import { splitComment } from '../format/split-line.ts';
import { findLineStarts } from '../parse/line-index.ts';

/** A key of a server entry with its value as YAML that fits on a line. */
export type Member = readonly [field: string, code: string];

/** The least edits that make an entry say its members, and the fields whose value cannot be replaced safely. */
export interface Placement {
  readonly edits: readonly FileEdit[];
  readonly unplaced: readonly string[];
}

/** One text with its lines, to look around a place. */
interface Lines {
  readonly file: string;
  readonly text: string;
  readonly starts: readonly number[];
}

/**
 * Writes members into an entry of `servers`: a value that stands there is replaced, one that is inherited is added in front
 * of the others. Comments and layout stay. Values that come from an anchor or span lines are left alone.
 */
export function placeMembers(infra: ExpandedInfra, entry: ExpandedEntry, members: readonly Member[]): Placement {
  const file = infra.files.find(({ path }) => path === entry.source.file);
  if (!file) return { edits: [], unplaced: members.map(([field]) => field) };
  const lines: Lines = { file: file.path, text: file.text, starts: findLineStarts(file.text) };
  const edits: FileEdit[] = [];
  const unplaced: string[] = [];
  const added: Member[] = [];
  for (const [field, code] of members) {
    if (!Object.hasOwn(entry.entry, field)) {
      added.push([field, code]);
      continue;
    }
    const key = infra.locate(['servers', entry.name, field], 'key');
    const value = infra.locate(['servers', entry.name, field], 'value');
    if (isReplaceable(lines, key, value)) edits.push(edit(lines.file, value.start, value.end, code));
    else unplaced.push(field);
  }
  const addition = added.length > 0 ? addMembers(infra, entry, added, lines) : undefined;
  if (addition) edits.push(addition);
  else unplaced.push(...added.map(([field]) => field));
  return { edits, unplaced };
}

/** A value right behind its key, on the same line, and no alias, anchor or tag. */
function isReplaceable(lines: Lines, key: SourceRange, value: SourceRange): boolean {
  if (key.file !== lines.file || value.file !== lines.file || value.start.line !== key.end.line || value.end.line !== key.end.line)
    return false;
  const between = lines.text.slice(offsetOf(lines, key.end), offsetOf(lines, value.start));
  return /^\s*:\s*$/.test(between) && !/^[&*!]/.test(lines.text.slice(offsetOf(lines, value.start)));
}

function addMembers(infra: ExpandedInfra, entry: ExpandedEntry, added: readonly Member[], lines: Lines): FileEdit | undefined {
  const code = added.map(([field, value]) => `${field}: ${value}`);
  const { file } = lines;
  const name = entry.source;
  const value = infra.locate(['servers', entry.name], 'value');
  const keys = Object.keys(serverEntry.shape)
    .filter((field) => Object.hasOwn(entry.entry, field))
    .map((field) => infra.locate(['servers', entry.name, field], 'key'))
    // Keys that are merged in from elsewhere are not the entry's own.
    .filter((key) => key.file === file && offsetOf(lines, key.start) > offsetOf(lines, name.end))
    .filter((key) => offsetOf(lines, key.start) <= offsetOf(lines, value.end));
  const [first] = keys.sort((left, right) => offsetOf(lines, left.start) - offsetOf(lines, right.start));
  if (!first) {
    // Braces with nothing in them: everything else has been looked at, or cannot be told apart from what is around.
    const isEmpty = Object.keys(entry.entry).length === 0 && value.file === file && value.start.line === name.end.line;
    const isInBraces = /^\{\s*\}$/.test(lines.text.slice(offsetOf(lines, value.start), offsetOf(lines, value.end)));
    return isEmpty && isInBraces ? edit(file, value.start, value.end, `{ ${code.join(', ')} }`) : undefined;
  }
  const between = lines.text.slice(offsetOf(lines, name.end), offsetOf(lines, first.start));
  const isFlow = between.split(/\r\n|\r|\n/).some((line) => splitComment(line).code.includes('{'));
  if (isFlow) return edit(file, first.start, first.start, `${code.join(', ')}, `);
  const margin = lines.text.slice(lines.starts[first.start.line] ?? 0, offsetOf(lines, first.start));
  if (margin.trim() !== '') return undefined;
  const eol = lines.text.includes('\r\n') ? '\r\n' : '\n';
  return edit(file, first.start, first.start, code.map((line) => `${line}${eol}${margin}`).join(''));
}

const edit = (file: string, start: FileEdit['start'], end: FileEdit['end'], newText: string): FileEdit => ({ file, start, end, newText });

const offsetOf = ({ starts }: Lines, { line, character }: FileEdit['start']): number => (starts[line] ?? 0) + character;
