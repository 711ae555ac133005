import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { OperationNote } from './operation-note.ts';

/** Files of one operation. */
export interface OperationFiles {
  readonly note: OperationNote;
  readonly events: string;
  readonly output: string;
}

/** Ended operations that are kept for a look back. */
const KEPT = 20;

/** Folder in which operations of this workspace leave their events. */
export interface OperationFolder {
  create(note: OperationNote): Promise<OperationFiles>;
  /** All that are kept, oldest first; the older ones are removed. */
  list(): Promise<readonly OperationFiles[]>;
}

export function openOperationFolder(root: string): OperationFolder {
  const filesOf = (note: OperationNote): OperationFiles => ({
    note,
    events: join(root, note.id, 'events.ndjson'),
    output: join(root, note.id, 'output.txt'),
  });
  const readNote = async (id: string): Promise<OperationNote | undefined> => {
    try {
      const text = await readFile(join(root, id, 'note.json'), 'utf8');
      const { operationNote } = await import('./operation-note.ts');
      return operationNote.safeParse(JSON.parse(text)).data;
    } catch {
      return undefined;
    }
  };
  return {
    create: async (note) => {
      // What operations print is nobody else's business.
      await mkdir(join(root, note.id), { recursive: true, mode: 0o700 });
      await writeFile(join(root, note.id, 'note.json'), JSON.stringify(note), { mode: 0o600 });
      return filesOf(note);
    },
    list: async () => {
      // Ids begin with the time.
      const ids = (await readdir(root).catch(() => [])).sort((a, b) => (a < b ? -1 : 1));
      for (const id of ids.slice(0, -KEPT)) await rm(join(root, id), { recursive: true, force: true });
      const notes = await Promise.all(ids.slice(-KEPT).map(readNote));
      return notes.flatMap((note) => (note ? [filesOf(note)] : []));
    },
  };
}
