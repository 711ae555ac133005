import { readdirSync } from 'node:fs';
import type { Clock } from '#core/ports/clock.ts';
import { isAllowedFolder } from '#core/files/allowed-folder.ts';
import type { FolderEntry } from '#server/languageservice/values/known-values.ts';
import type { ListFolder } from '../ports/server-ports.ts';

/** Names of one folder that are looked at; who has more chooses by typing. */
const MAX_ENTRIES = 2000;

/** How long a listing is good for: one completion asks for the same folder with every letter. */
const FRESH_MS = 2000;

/** Folders of this machine. */
export const listNodeFolder: ListFolder = (path, places = {}) => {
  try {
    if (!isAllowedFolder(path, places)) return undefined;
    const entries = readdirSync(path, { withFileTypes: true }).slice(0, MAX_ENTRIES);
    return entries.map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
  } catch {
    return undefined;
  }
};

/** Remembers listings for a moment. */
export function rememberFolders(list: ListFolder, clock: Clock): ListFolder {
  const known = new Map<string, { readonly atMs: number; readonly entries: readonly FolderEntry[] | undefined }>();
  return (path) => {
    const elapsed = clock.elapsed();
    const found = known.get(path);
    if (found && elapsed - found.atMs < FRESH_MS) return found.entries;
    for (const [other, { atMs }] of known) if (elapsed - atMs >= FRESH_MS) known.delete(other);
    const entries = list(path);
    known.set(path, { atMs: elapsed, entries });
    return entries;
  };
}
