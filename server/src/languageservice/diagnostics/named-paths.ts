import { listNamedFiles, type FilesSeen } from '#core/infra/rules/named-files.ts';
import type { MergedInfra } from '#core/infra/load/merge-documents.ts';
import type { ServerEntry } from '#schemas/infra/server-entry.ts';
import type { SoundChunk } from '../document/chunk.ts';
import { judgeEntry, toEntries } from '../document/chunk-verdict.ts';
import type { SectionIndex } from '../document/section-index.ts';

const known = new WeakMap<SoundChunk, readonly string[]>();
const none: readonly string[] = [];

/** Files that a document names, as it writes them: those of `merged`, and of servers that are chunks. */
export function listPaths({ infra }: MergedInfra, { sections }: SectionIndex): ReadonlySet<string> {
  const paths = new Set(listNamedFiles(infra));
  for (const chunk of sections.get('servers')?.entries?.values() ?? []) for (const path of listPathsOf(chunk)) paths.add(path);
  return paths;
}

function listPathsOf(chunk: SoundChunk): readonly string[] {
  const before = known.get(chunk);
  if (before) return before;
  const { data } = judgeEntry(chunk);
  // Without mistakes of form: the schema of the section has given the data out.
  const paths = data === undefined ? none : listNamedFiles({ servers: toEntries(chunk.content.name, data as ServerEntry) });
  const kept = paths.length === 0 ? none : paths;
  known.set(chunk, kept);
  return kept;
}

/** What is known of the files that a server entry names, as one text. */
export const describeFiles = (chunk: SoundChunk, seen: FilesSeen): string =>
  listPathsOf(chunk)
    .map((path) => `${path} ${seen.get(path)?.exists}`)
    .join('\n');

/** Whether two readings say the same. */
export const isSameSeen = (a: FilesSeen, b: FilesSeen): boolean =>
  a.size === b.size && [...a].every(([name, { path, exists }]) => b.get(name)?.path === path && b.get(name)?.exists === exists);
