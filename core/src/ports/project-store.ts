import type { Address } from '#schemas/infra/names.ts';
import type { JournalEntry } from '#schemas/journal/journal-entry.ts';
import type { Plan } from '#schemas/plan/plan.ts';
import type { Ledger } from '#schemas/state/ledger.ts';

/** Appends to the journal of one run. `append` resolves only when the line is on the disk (fsync). */
export interface JournalWriter {
  readonly run: string;
  append(entry: JournalEntry): Promise<void>;
  close(): Promise<void>;
}

/** A journal as read back; a torn last line is dropped and said in `isTorn`. */
export interface StoredJournal {
  readonly run: string;
  readonly entries: readonly JournalEntry[];
  readonly isTorn: boolean;
}

/** Who holds the lock of a project. */
export interface LockHolder {
  readonly pid: number;
  readonly host: string;
  readonly startedAt: string;
  readonly command: string;
  /** Whether it is a process of this machine, as far as host names tell: whether it lives can be seen then. */
  readonly isHere: boolean;
}

/** A lock that is held by us. */
export interface HeldLock {
  /** `movedTo`: where the lock is now, when its folder was moved meanwhile. */
  release(movedTo?: string): Promise<void>;
}

/** The lock of a project, for people who look at it. `unknown`: a process of another machine. */
export type LockState =
  | { readonly kind: 'free' }
  | { readonly kind: 'damaged' }
  | { readonly kind: 'held'; readonly id: string; readonly holder: LockHolder; readonly life: 'alive' | 'dead' | 'unknown' };

/** What one run leaves in history. */
export interface HistoryRecord {
  readonly run: string;
  readonly startedAt: string;
  /** When it ended; of a run that was killed, when its journal ends. */
  readonly finishedAt: string;
  /** False while it runs, and for ever where it was killed and nobody has run ict since. */
  readonly isFinished: boolean;
  readonly command: string;
  readonly exitCode: number;
  /** The infra file's text at that time, without the values of secret variables. */
  readonly fileText: string;
  readonly plan: Plan;
  readonly result: { readonly succeeded: readonly string[]; readonly failed: readonly string[]; readonly skipped: readonly string[] };
  /** Recorded state before the run: what a rollback goes back to. */
  readonly ledgerBefore: Ledger;
}

/** Everything a project keeps beside its infra file in `.ict/PROJECT/`. Implemented in core/storage. */
export interface ProjectStore {
  /** The ledger; an empty one when there is none. A damaged one throws `StorageError` and is never overwritten. */
  readLedger(): Promise<Ledger>;
  /** Replaces the ledger atomically and keeps the one before as `ledger.json.bak`. */
  writeLedger(ledger: Ledger): Promise<void>;
  /** Journals of runs that were cut off (no `run-finished`), oldest first. */
  readUnfinishedJournals(): Promise<readonly StoredJournal[]>;
  startJournal(run: string): Promise<JournalWriter>;
  /** Marks a cut-off run as settled, once its outcome is in the ledger. */
  settleJournal(run: string, entry: JournalEntry): Promise<void>;
  /** Takes the project's lock or throws `LockedError` naming the holder. A dead process of this host frees it. */
  lock(command: string): Promise<HeldLock>;
  /** Writes the record of a run, or replaces it. */
  writeHistory(record: HistoryRecord): Promise<void>;
  /** Tells how a run ended that was cut off; `finishedAt`: when its journal ends. Does nothing where the run left no record. */
  closeHistory(run: string, result: HistoryRecord['result'], finishedAt: string | undefined): Promise<void>;
  /** Address → newest run that deployed to it. What cannot be read is left out: it is only shown. */
  readLastDeploys(): Promise<ReadonlyMap<Address, string>>;
}

/** Another operation works on the project. */
export class LockedError extends Error {
  override readonly name = 'LockedError';
  readonly holder: LockHolder;

  constructor(holder: LockHolder) {
    super(`locked by process ${holder.pid} on ${holder.host}`);
    this.holder = holder;
  }
}

/**
 * A file of ours cannot be read or written. `conflict`: version control left both sides of a merge in it. `damaged-lock`: only a lock,
 * which holds nothing worth keeping. `moved`: the project's folder was moved or replaced; `path` is where it
 * is now, empty when that is not known.
 */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  readonly code: 'damaged' | 'conflict' | 'damaged-lock' | 'moved' | 'newer-format' | 'unreadable' | 'unwritable';
  readonly path: string;

  constructor(code: StorageError['code'], path: string, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
    this.path = path;
  }
}
