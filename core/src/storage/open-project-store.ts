import { copyFile, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { emptyLedger, ledger, LEDGER_FORMAT } from '#schemas/state/ledger.ts';
import type { Clock } from '../ports/clock.ts';
import { toTimestamp } from '../ports/clock.ts';
import { type ProjectStore, StorageError } from '../ports/project-store.ts';
import { appendToJournal, createJournal, readUnfinished } from './journal-file.ts';
import { hasCode, readJsonFile, writeJsonFile } from './json-file.ts';
import { takeLock } from './project-lock.ts';
import { GITIGNORE, toProjectPaths } from './project-paths.ts';

/** The store of one project beside its infra file. Nothing is written until something changes. */
export function openProjectStore(folderOfFile: string, project: string, clock: Clock): ProjectStore {
  const paths = toProjectPaths(folderOfFile, project);

  const prepare = async (): Promise<void> => {
    try {
      await mkdir(paths.folder, { recursive: true });
      await writeFile(paths.gitignore, GITIGNORE, { flag: 'wx' });
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw new StorageError('unwritable', paths.folder, `cannot write ${paths.folder}`, error);
    }
  };

  return {
    readLedger: async () => {
      const stored = await readJsonFile(paths.ledger, ledger, LEDGER_FORMAT);
      if (stored && stored.project !== project)
        throw new StorageError('damaged', paths.ledger, `${paths.ledger} belongs to project ${stored.project}`);
      return stored ?? emptyLedger(project);
    },
    writeLedger: async (value) => {
      await prepare();
      await copyFile(paths.ledger, paths.ledgerBackup).catch((error: unknown) => {
        if (!hasCode(error, 'ENOENT')) throw error;
      });
      await writeJsonFile(paths.ledger, sortLedger({ ...value, serial: value.serial + 1 }));
    },
    readUnfinishedJournals: () => readUnfinished(paths.runs),
    startJournal: async (run) => {
      await prepare();
      return createJournal(paths.journal(run), run);
    },
    settleJournal: (run, entry) => appendToJournal(paths.journal(run), entry),
    lock: async (command) => {
      await prepare();
      return takeLock(paths.lock, command, toTimestamp(clock));
    },
    writeHistory: (record) => writeJsonFile(join(paths.history, `${record.run}.json`), record),
  };
}

/** Entries sorted by address, so that a committed ledger shows only what changed. */
const sortLedger = <T extends { entries: Readonly<Record<string, unknown>> }>(value: T): T => ({
  ...value,
  entries: Object.fromEntries(Object.entries(value.entries).sort(([left], [right]) => (left < right ? -1 : 1))),
});
