import { serverEntry, type ServerEntry } from '#schemas/infra/server-entry.ts';
import { isMapping } from '#core/infra/validate/schema-kind.ts';
import type { SoundChunk } from '../document/chunk.ts';
import { judgeEntry } from '../document/chunk-verdict.ts';

const salvaged = new WeakMap<SoundChunk, ServerEntry>();

/**
 * A server entry without its fields that have mistakes, for hovers and hints only: nothing is planned from it. Read once
 * for each chunk.
 */
export function salvageServer(chunk: SoundChunk): ServerEntry {
  const data = judgeEntry(chunk).data as ServerEntry | undefined;
  if (data) return data;
  const known = salvaged.get(chunk) ?? dropMistakes(chunk.content.value);
  salvaged.set(chunk, known);
  return known;
}

function dropMistakes(value: unknown): ServerEntry {
  if (!isMapping(value)) return {};
  const first = serverEntry.safeParse(value);
  if (first.success) return first.data;
  const bad = new Set(
    first.error.issues.flatMap(({ path, ...issue }) => (path.length > 0 ? String(path[0]) : 'keys' in issue ? issue.keys : [])),
  );
  const rest = serverEntry.safeParse(Object.fromEntries(Object.entries(value).filter(([key]) => !bad.has(key))));
  return rest.success ? rest.data : {};
}
