import type { Address, ResourceKind } from '#schemas/infra/names.ts';
import type { BeginEntry, JournalEntry } from '#schemas/journal/journal-entry.ts';
import type { CreateStep } from '#schemas/plan/create-step.ts';
import type { Ledger, LedgerEntry, UnsettledCreate } from '#schemas/state/ledger.ts';
import type { StoredMoment } from '../../ports/clock.ts';
import { createdKind, entryForCreated, isCreateStep } from './step-entry.ts';

/** A step that began and whose end is not in the journal. */
export interface PendingStep {
  readonly begin: BeginEntry;
  readonly run: string;
  /** Id the provider gave, where its answer was still stored. */
  readonly acceptedId?: number;
}

export interface Replayed {
  readonly ledger: Ledger;
  /** Steps cut off in between, creates without an answer excepted. */
  readonly pending: readonly PendingStep[];
  /** Creates that were sent and whose answer is not known, those whose answer was lost included. */
  readonly unsettled: readonly UnsettledCreate[];
}

type OpenStep = { readonly begin: BeginEntry; readonly acceptedId?: number; readonly knownIds: readonly number[] };

/** Folds one journal into the ledger it started from. Pure: the ledger after a run is this, whatever happened to the process. */
export function replayJournal(before: Ledger, entries: readonly JournalEntry[]): Replayed {
  let { account } = before;
  let run = '';
  const recorded: Record<Address, LedgerEntry> = { ...before.entries };
  const open = new Map<string, OpenStep>();
  const seen: Record<ResourceKind, number[]> = { server: [], network: [], key: [] };
  const set = (address: Address, entry: LedgerEntry | null): void => {
    if (entry) recorded[address] = entry;
    else delete recorded[address];
  };

  for (const entry of entries) {
    switch (entry.kind) {
      case 'run-started':
        ({ run, account } = entry);
        break;
      case 'seen':
        seen[entry.object].push(...entry.ids);
        break;
      case 'begin':
        open.set(entry.step.id, { begin: entry, knownIds: isCreateStep(entry.step) ? [...seen[createdKind(entry.step)]] : [] });
        break;
      case 'accepted': {
        const pending = open.get(entry.step);
        if (!pending) break;
        open.set(entry.step, { ...pending, acceptedId: entry.remoteId });
        if (isCreateStep(pending.begin.step)) {
          const created = { ...entry, id: entry.remoteId, unseen: toMoment(pending.begin) };
          set(pending.begin.step.address, entryForCreated(pending.begin.step, created, run));
        }
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
  const left = [...open.values()];
  return {
    ledger: { ...before, ...(account ? { account } : {}), entries: recorded },
    pending: left.flatMap(({ begin, acceptedId }) =>
      isCreateStep(begin.step) && acceptedId === undefined ? [] : [{ begin, run, ...(acceptedId === undefined ? {} : { acceptedId }) }],
    ),
    unsettled: left.flatMap(({ begin, acceptedId, knownIds }) =>
      isCreateStep(begin.step) && acceptedId === undefined ? [toUnsettled(begin, begin.step, run, knownIds)] : [],
    ),
  };
}

const toMoment = ({ at, boot, elapsed }: Pick<BeginEntry, 'at' | 'boot' | 'elapsed'>): StoredMoment => ({
  at,
  ...(boot === undefined ? {} : { boot }),
  ...(elapsed === undefined ? {} : { elapsed }),
});

/** A create without an answer, as the ledger keeps it. */
export const toUnsettled = (
  moment: Pick<BeginEntry, 'at' | 'boot' | 'elapsed'>,
  step: CreateStep,
  run: string,
  knownIds: readonly number[],
): UnsettledCreate => ({
  step,
  run,
  ...toMoment(moment),
  knownIds: [...knownIds],
});
