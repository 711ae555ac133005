import type { CodeLens, Range } from 'vscode-languageserver-types';
import { isMapping } from '#core/infra/validate/schema-kind.ts';
import { isSound, type Chunk } from '../document/chunk.ts';
import { readEntryName } from '../document/entry-names.ts';
import { toAbsolute } from '../document/local-range.ts';
import type { LanguageRequest } from '../language-request.ts';
import type { OpenDocument } from '../open-document.ts';
import { lensKinds, type LensData } from './lens-data.ts';

/** Sections whose entries can be worked on by themselves. */
const sections: ReadonlySet<string> = new Set(['servers', 'groups']);

/**
 * The lenses of a file, without titles: Plan, Apply, Deploy and the last result over the first line, each server entry and
 * each group. Always these four, also where nothing has run yet, so that no line moves when a result comes.
 */
export function listLenses({ uri, model }: OpenDocument, { signal }: LanguageRequest): readonly CodeLens[] {
  const lenses: CodeLens[] = [];
  const add = (range: Range, target?: string): void => {
    for (const kind of lensKinds) {
      const data: LensData = target === undefined ? [uri, kind] : [uri, kind, target];
      lenses.push({ range, data });
    }
  };
  add(toRange(0, 0, 0));
  for (const chunk of model.chunks) {
    if (signal.aborted) return [];
    if (chunk.role === 'entry') {
      const name = sections.has(chunk.section) ? readEntryName(chunk) : undefined;
      if (name !== undefined) add(toRange(chunk.anchor.line, chunk.indent, chunk.indent + name.length), name);
    } else if (chunk.role === 'section') for (const [name, range] of listInline(chunk)) add(range, name);
  }
  return lenses;
}

const toRange = (line: number, from: number, to: number): Range => ({ start: { line, character: from }, end: { line, character: to } });

/** Entries of a section that stands in brackets. */
function listInline(chunk: Chunk): readonly (readonly [name: string, range: Range])[] {
  if (!isSound(chunk)) return [];
  const { name: section, value, locate } = chunk.content;
  if (!sections.has(section) || !isMapping(value)) return [];
  return Object.keys(value).map((name) => {
    const { start, end } = toAbsolute(locate([section, name], 'key'));
    return [name, { start, end }] as const;
  });
}
