import { chmod, copyFile, writeFile } from 'node:fs/promises';
import * as z from 'zod';
import type { Address } from '#schemas/infra/names.ts';
import { HOSTS_FORMAT, type HostRecord, hostRecords } from '#schemas/state/host-records.ts';
import { join } from 'node:path';
import { emptyLedger, ledger, LEDGER_FORMAT } from '#schemas/state/ledger.ts';
import type { Clock } from '../ports/clock.ts';
import { toTimestamp } from '../ports/clock.ts';
import { type ProjectStore, StorageError } from '../ports/project-store.ts';
import { guardFolder } from './folder-guard.ts';
import { appendToJournal, createJournal, readUnfinished } from './journal-file.ts';
import { hasCode, readJsonFile, writeJsonFile } from './json-file.ts';
import { takeLock } from './project-lock.ts';
import { makePrivateFolder } from './private-folder.ts';
import { GITIGNORE, toProjectPaths } from './project-paths.ts';

/** The store of one project beside its infra file. Nothing is written until something changes. */
export function openProjectStore(folderOfFile: string, project: string, clock: Clock): ProjectStore {
  const paths = toProjectPaths(folderOfFile, project);

  const guard = guardFolder(folderOfFile);

  const prepare = async (): Promise<void> => {
    // Below a path that leads elsewhere now a new folder would be made, and what is recorded there would be lost.
    await guard.check();
    try {
      await makePrivateFolder(paths.folder);
      await writeFile(paths.gitignore, GITIGNORE, { flag: 'wx' });
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw new StorageError('unwritable', paths.folder, `cannot write ${paths.folder}`, error);
    }
  };

  return {
    readLedger: async () => {
      await guard.begin();
      const stored = await readJsonFile(paths.ledger, ledger, LEDGER_FORMAT);
      if (stored && stored.project !== project)
        throw new StorageError('damaged', paths.ledger, `${paths.ledger} belongs to project ${stored.project}`);
      return stored ?? emptyLedger(project);
    },
    writeLedger: async (value) => {
      await prepare();
      await copyFile(paths.ledger, paths.ledgerBackup).then(
        () => chmod(paths.ledgerBackup, 0o600),
        (error: unknown) => {
          if (!hasCode(error, 'ENOENT')) throw error;
        },
      );
      await writeJsonFile(paths.ledger, sortLedger({ ...value, serial: value.serial + 1 }));
    },
    readUnfinishedJournals: () => readUnfinished(paths.runs),
    startJournal: async (run) => {
      await guard.follow();
      try {
        await prepare();
        const journal = await createJournal(paths.journal(run), run);
        return { ...journal, close: () => journal.close().finally(guard.end) };
      } catch (error) {
        await guard.end();
        throw error;
      }
    },
    settleJournal: async (run, entry) => {
      await guard.check();
      await appendToJournal(paths.journal(run), entry);
    },
    lock: async (command) => {
      await guard.follow();
      try {
        await prepare();
        const held = await takeLock(paths.lock, command, toTimestamp(clock));
        return {
          release: async () => {
            await held.release(await guard.locate(paths.lock));
            await guard.end();
          },
        };
      } catch (error) {
        await guard.end();
        throw error;
      }
    },
    writeHistory: async (record) => {
      await guard.check();
      await writeJsonFile(join(paths.history, `${record.run}.json`), record);
    },
    closeHistory: async (run, result, finishedAt) => {
      await guard.check();
      const path = join(paths.history, `${run}.json`);
      const record = await readJsonFile(path, z.looseObject({ isFinished: z.boolean().optional() }), 1);
      if (!record || record.isFinished !== false) return;
      await writeJsonFile(path, { ...record, result, isFinished: true, ...(finishedAt === undefined ? {} : { finishedAt }) });
    },
    readLastDeploys: async () => {
      const records = await readJsonFile(paths.hosts, hostRecords, HOSTS_FORMAT).catch(() => undefined);
      const last = new Map<Address, string>();
      for (const [address, { deployed }] of Object.entries(records?.hosts ?? {}) as [Address, HostRecord][]) {
        // Names of runs begin with the time.
        const runs = Object.values(deployed).map(({ run }) => run);
        const newest = runs.sort().at(-1);
        if (newest !== undefined) last.set(address, newest);
      }
      return last;
    },
  };
}

/** Entries sorted by address, so that a committed ledger shows only what changed. */
const sortLedger = <T extends { entries: Readonly<Record<string, unknown>> }>(value: T): T => ({
  ...value,
  entries: Object.fromEntries(Object.entries(value.entries).sort(([left], [right]) => (left < right ? -1 : 1))),
});
