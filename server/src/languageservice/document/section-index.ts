import type { SourceRange } from '#schemas/plan/plan.ts';
import { isSound, type Chunk, type SoundChunk } from './chunk.ts';
import { toAbsolute } from './local-range.ts';

/** One section of the file. */
export interface Section {
  readonly name: string;
  /** The chunk with the section's key; for sections without entries of their own, with its value too. */
  head: SoundChunk;
  /** Entry name → chunk, in the order of the text; undefined where the section is one chunk. */
  entries: Map<string, SoundChunk> | undefined;
}

/** A name that is taken already, and what took it. Its value does not count. */
export interface Repetition {
  readonly chunk: SoundChunk;
  readonly first: SoundChunk;
}

/** Names that a document defines, section by section. Where a name stands twice, the first one counts. */
export interface SectionIndex {
  readonly sections: ReadonlyMap<string, Section>;
  readonly repetitions: readonly Repetition[];
}

/** Collects the sound chunks by section and name. */
export function buildSectionIndex(chunks: readonly Chunk[]): SectionIndex {
  const sections = new Map<string, Section>();
  const repetitions: Repetition[] = [];
  let open: Section | undefined;
  for (let index = 0; index < chunks.length; index += 1) {
    const chunk = chunks[index];
    if (!chunk || chunk.role === 'preamble') continue;
    if (chunk.role !== 'entry') {
      open = undefined;
      if (!isSound(chunk)) continue;
      const { name } = chunk.content;
      const first = sections.get(name);
      if (first) repetitions.push({ chunk, first: first.head });
      else {
        open = { name, head: chunk, entries: chunks[index + 1]?.role === 'entry' ? new Map() : undefined };
        sections.set(name, open);
      }
    } else if (open?.entries && isSound(chunk)) {
      const { name } = chunk.content;
      const first = open.entries.get(name);
      if (first) repetitions.push({ chunk, first });
      else open.entries.set(name, chunk);
    }
  }
  return { sections, repetitions };
}

/** Path under which a chunk's own name stands. */
export const pathOf = (chunk: SoundChunk): readonly string[] =>
  chunk.role === 'entry' ? [chunk.section, chunk.content.name] : [chunk.content.name];

/** Where something stands, by its whole path; where the path leads nowhere, the nearest thing above it that exists. */
export function locateIn({ sections }: SectionIndex, path: readonly (string | number)[], part: 'key' | 'value', file: string): SourceRange {
  const [sectionName, entryName] = path;
  const section = sectionName === undefined ? undefined : sections.get(String(sectionName));
  if (!section) return locateRoot(sections, path.length > 0 ? 'key' : part, file);
  if (!section.entries) return section.head.content.locate(path, part);
  const entry = entryName === undefined ? undefined : section.entries.get(String(entryName));
  if (entry) return entry.content.locate(path, part);
  if (part === 'key' || path.length > 1) return section.head.content.locate([section.name], 'key');
  return joinRanges([...section.entries.values()], file);
}

function locateRoot(sections: SectionIndex['sections'], part: 'key' | 'value', file: string): SourceRange {
  const all = [...sections.values()];
  const [first] = all;
  if (part === 'key' && first) {
    const key = first.head.content.locate(pathOf(first.head), 'key');
    return { ...key, end: key.start };
  }
  return joinRanges(
    all.flatMap(({ head, entries }) => [head, ...(entries?.values() ?? [])]),
    file,
  );
}

function joinRanges(chunks: readonly SoundChunk[], file: string): SourceRange {
  const [first] = chunks;
  const last = chunks.at(-1);
  if (!first || !last) return { file, start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  const { start } = toAbsolute(first.content.locate(pathOf(first), 'key'));
  const { end } = toAbsolute(last.content.locate(pathOf(last), 'value'));
  return { file, start, end };
}
