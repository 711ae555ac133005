import { AsyncLocalStorage } from 'node:async_hooks';
import type * as folderGuards from '#core/storage/folder-guard.ts';
import type * as journalFiles from '#core/storage/journal-file.ts';
import type * as jsonFiles from '#core/storage/json-file.ts';

/** At which write of ours a run dies: the line is not on the disk (`before`), or the last that is (`after`). */
export interface KillPoint {
  /** 1 is the first write of the run. */
  readonly write: number;
  readonly when: 'before' | 'after';
}

/**
 * Ends a run in this process as kill -9 would: from one of its writes on nothing of it reaches the disk, and nothing that waits for a
 * write goes on. Requests that are under way are answered to nobody.
 */
export class Killer {
  readonly #point: KillPoint;
  readonly #onDeath: (() => void)[] = [];
  #writes = 0;
  #isDead = false;

  constructor(point: KillPoint) {
    this.#point = point;
  }

  /** Calls `listener` when the run dies. */
  onDeath(listener: () => void): void {
    this.#onDeath.push(listener);
  }

  /** Carries out a write of the run; never settles once the run is dead. */
  async write<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#isDead) return never();
    const isLast = ++this.#writes === this.#point.write;
    if (isLast && this.#point.when === 'before') return this.#die();
    const result = await work();
    if (isLast) return this.#die();
    return this.#isDead ? never() : result;
  }

  #die<Result>(): Promise<Result> {
    this.#isDead = true;
    for (const listener of this.#onDeath) listener();
    return never();
  }
}

const never = <Result>(): Promise<Result> => new Promise<Result>(() => undefined);

/** The killer of the run that is executing; runs without one live. */
export const currentKiller = new AsyncLocalStorage<Killer>();

/** In the place of `core/src/storage/journal-file.ts`, by `vi.mock`. */
export const killableJournals = (real: typeof journalFiles): typeof journalFiles => ({
  ...real,
  createJournal: async (...args) => {
    const killer = currentKiller.getStore();
    const journal = await real.createJournal(...args);
    if (!killer) return journal;
    killer.onDeath(() => void journal.close());
    return { ...journal, append: (entry) => killer.write(() => journal.append(entry)) };
  },
  appendToJournal: (...args) => throughKiller(() => real.appendToJournal(...args)),
});

/** In the place of `core/src/storage/json-file.ts`, by `vi.mock`. */
export const killableFiles = (real: typeof jsonFiles): typeof jsonFiles => ({
  ...real,
  writeJsonFile: (...args) => throughKiller(() => real.writeJsonFile(...args)),
});

/** In the place of `core/src/storage/folder-guard.ts`, by `vi.mock`: a dead process keeps no folder open. */
export const killableGuards = (real: typeof folderGuards): typeof folderGuards => ({
  ...real,
  guardFolder: (folder) => {
    const guard = real.guardFolder(folder);
    let followers = 0;
    const counted: ReturnType<typeof real.guardFolder> = {
      ...guard,
      follow: () => {
        followers += 1;
        return guard.follow();
      },
      end: () => {
        followers -= 1;
        return guard.end();
      },
    };
    currentKiller.getStore()?.onDeath(() => {
      for (; followers > 0; followers--) void guard.end();
    });
    return counted;
  },
});

const throughKiller = (work: () => Promise<void>): Promise<void> => {
  const killer = currentKiller.getStore();
  return killer ? killer.write(work) : work();
};
