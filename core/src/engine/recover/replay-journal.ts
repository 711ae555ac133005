import type { BeginEntry, JournalEntry } from '#schemas/journal/journal-entry.ts';
import type { Address } from '#schemas/infra/names.ts';
import type { Ledger, LedgerEntry } from '#schemas/state/ledger.ts';
import { entryForCreated, isCreateStep } from './step-entry.ts';

/** A step that began and whose end is not in the journal. */
export interface PendingStep {
  readonly begin: BeginEntry;
  readonly run: string;
  /** Id the provider gave, where its answer was still stored. */
  readonly acceptedId?: number;
}

export interface Replayed {
  readonly ledger: Ledger;
  readonly pending: readonly PendingStep[];
}

/** Folds one journal into the ledger it started from. Pure: the ledger after a run is this, whatever happened to the process. */
export function replayJournal(before: Ledger, entries: readonly JournalEntry[]): Replayed {
  let { account } = before;
  let run = '';
  const recorded: Record<Address, LedgerEntry> = { ...before.entries };
  const open = new Map<string, { begin: BeginEntry; acceptedId?: number }>();
  const set = (address: Address, entry: LedgerEntry | null): void => {
    if (entry) recorded[address] = entry;
    else delete recorded[address];
  };

  for (const entry of entries) {
    switch (entry.kind) {
      case 'run-started':
        ({ run, account } = entry);
        break;
      case 'begin':
        open.set(entry.step.id, { begin: entry });
        break;
      case 'accepted': {
        const pending = open.get(entry.step);
        if (!pending) break;
        open.set(entry.step, { ...pending, acceptedId: entry.remoteId });
        if (isCreateStep(pending.begin.step)) set(pending.begin.step.address, entryForCreated(pending.begin.step, entry.remoteId, run));
        break;
      }
      case 'success':
        open.delete(entry.step);
        set(entry.address, entry.entry);
        break;
      case 'failure':
        // A create whose answer was lost may have been carried out: its outcome must still be looked up.
        if (entry.code !== 'answer-lost') open.delete(entry.step);
        break;
      case 'record':
        set(entry.address, entry.entry);
        break;
      case 'run-finished':
        break;
      default:
        entry satisfies never;
    }
  }
  const pending = [...open.values()].map((item) => ({ ...item, run }));
  return { ledger: { ...before, ...(account ? { account } : {}), entries: recorded }, pending };
}
