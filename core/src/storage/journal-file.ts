import { open, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type JournalEntry, journalEntry } from '#schemas/journal/journal-entry.ts';
import { readOrdinaryFile } from '../files/read-ordinary-file.ts';
import { type JournalWriter, type StoredJournal, StorageError } from '../ports/project-store.ts';
import { hasCode } from './json-file.ts';
import { makePrivateFolder } from './private-folder.ts';

/** Opens a new journal. Each `append` resolves when the line is on the disk; lines never interleave. */
export async function createJournal(path: string, run: string): Promise<JournalWriter> {
  await makePrivateFolder(dirname(path));
  const file = await open(path, 'ax', 0o600).catch((error: unknown) => {
    throw new StorageError('unwritable', path, `cannot create ${path}`, error);
  });
  // The folder's own entry must survive a crash too; not every system can sync a folder.
  await syncFolder(dirname(path));
  let last: Promise<void> = Promise.resolve();
  return {
    run,
    append: (entry) => {
      const line = `${JSON.stringify(journalEntry.parse(entry))}\n`;
      const written = last.then(async () => {
        await file.appendFile(line);
        await file.datasync();
      });
      last = written.catch(() => undefined);
      return written.catch((error: unknown) => {
        throw new StorageError('unwritable', path, `cannot write ${path}`, error);
      });
    },
    close: async () => {
      await last;
      await file.close();
    },
  };
}

/** Adds the closing line to the journal of a run that was cut off. */
export async function appendToJournal(path: string, entry: JournalEntry): Promise<void> {
  const file = await open(path, 'a', 0o600);
  try {
    // A torn last line must not swallow this one.
    const text = (await readText(path)) ?? '';
    await file.appendFile(`${text === '' || text.endsWith('\n') ? '' : '\n'}${JSON.stringify(journalEntry.parse(entry))}\n`);
    await file.datasync();
  } finally {
    await file.close();
  }
}

/** Largest journal that is read, bytes. */
const MAX_BYTES = 512 * 1024 * 1024;

/** Undefined when there is none. */
async function readText(path: string): Promise<string | undefined> {
  const bytes = await readOrdinaryFile(path, { maxBytes: MAX_BYTES }).catch((error: unknown) => {
    throw new StorageError('unreadable', path, `cannot read ${path}`, error);
  });
  return bytes && new TextDecoder().decode(bytes);
}

/** Reads one journal; undefined when there is none. A torn last line (the process died while writing it) is dropped; damage elsewhere is an error. */
export async function readJournal(path: string, run: string): Promise<StoredJournal | undefined> {
  const text = await readText(path);
  if (text === undefined) return undefined;
  const lines = text.split('\n');
  const rest = lines.pop() ?? '';
  const entries: JournalEntry[] = [];
  let isTorn = rest !== '';
  for (const [index, line] of lines.entries()) {
    const entry = parseLine(line);
    if (entry) entries.push(entry);
    // A line that was torn and then closed by the next run is followed by the closing line only.
    else if (index >= lines.length - 2) isTorn = true;
    else throw new StorageError('damaged', path, `${path}, line ${index + 1} cannot be read`);
  }
  return { run, entries, isTorn };
}

/** Journals without a closing line, oldest first: run names sort by time. */
export async function readUnfinished(runsFolder: string): Promise<StoredJournal[]> {
  const names = await readdir(runsFolder).catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return [];
    throw new StorageError('unreadable', runsFolder, `cannot read ${runsFolder}`, error);
  });
  const journals: StoredJournal[] = [];
  for (const run of [...names].sort((left, right) => (left < right ? -1 : 1))) {
    const path = join(runsFolder, run, 'journal.ndjson');
    const journal = await readJournal(path, run);
    if (journal && !journal.entries.some((entry) => entry.kind === 'run-finished')) journals.push(journal);
  }
  return journals;
}

function parseLine(line: string): JournalEntry | undefined {
  try {
    const parsed = journalEntry.safeParse(JSON.parse(line));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined);
  try {
    await folder?.sync();
  } catch {
    // Windows cannot sync a folder; the file itself is synced at each line.
  } finally {
    await folder?.close();
  }
}
