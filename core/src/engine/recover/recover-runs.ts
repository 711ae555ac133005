import type { JournalEntry } from '#schemas/journal/journal-entry.ts';
import type { Note } from '#schemas/plan/plan.ts';
import type { ActualState } from '#schemas/state/actual.ts';
import type { Ledger } from '#schemas/state/ledger.ts';
import { t, type Text } from '#schemas/text/text.ts';
import { type PendingStep, replayJournal } from './replay-journal.ts';
import { type CreateStep, createdName, entryForCreated, isCreateStep } from './step-entry.ts';

/** A journal of a run that was cut off. */
export interface UnfinishedRun {
  readonly run: string;
  readonly entries: readonly JournalEntry[];
}

export interface Recovered {
  /** Recorded state with everything that was found out about the interrupted runs. */
  readonly ledger: Ledger;
  readonly notes: readonly Note[];
}

/**
 * Finds out what interrupted runs left behind. Pure: it compares their journals with the actual state. A create whose
 * answer never came is looked up by name among the objects that were not there before it began; so no clock is needed,
 * and nothing is created twice.
 */
export function recoverRuns(before: Ledger, runs: readonly UnfinishedRun[], actual: ActualState): Recovered {
  let ledger = before;
  const notes: Note[] = [];
  for (const unfinished of runs) {
    const replayed = replayJournal(ledger, unfinished.entries);
    ledger = replayed.ledger;
    for (const pending of replayed.pending) {
      const { step } = pending.begin;
      if (isCreateStep(step) && pending.acceptedId === undefined) {
        const id = findCreated(step, pending, ledger, actual);
        if (id !== undefined)
          ledger = { ...ledger, entries: { ...ledger.entries, [step.address]: entryForCreated(step, id, pending.run) } };
        notes.push(
          note(
            pending,
            id === undefined
              ? t('its creation was interrupted before the provider had it: apply starts it again')
              : t('its creation was interrupted; the object exists (id {0}): apply goes on with it', id),
          ),
        );
      } else if (isCreateStep(step))
        notes.push(
          note(pending, t('its creation was interrupted; the object exists (id {0}): apply goes on with it', pending.acceptedId ?? 0)),
        );
      else notes.push(note(pending, t('a change of it was interrupted: apply waits for the provider and goes on')));
    }
    if (replayed.pending.length === 0)
      notes.push({ code: 'run-interrupted', level: 'info', text: t('Run {0} was interrupted between two steps.', unfinished.run) });
  }
  return { ledger: dropDeleted(ledger, runs, actual), notes };
}

/** The object an unanswered create made: of its name, not there before, and nobody else's. */
function findCreated(step: CreateStep, pending: PendingStep, ledger: Ledger, actual: ActualState): number | undefined {
  const known = new Set(pending.begin.knownIds ?? []);
  const owned = new Set(
    Object.values(ledger.entries)
      .filter((entry) => `create-${entry.kind}` === step.kind)
      .map((entry) => entry.id),
  );
  const isNew = (id: number): boolean => !known.has(id) && !owned.has(id);
  switch (step.kind) {
    case 'create-key':
      return actual.keys.find((key) => key.blob === step.blob && isNew(key.id))?.id;
    case 'create-network':
      return actual.networks.find((network) => network.name === createdName(step) && isNew(network.id))?.id;
    case 'create-server':
      return actual.servers.find((server) => server.name === createdName(step) && isNew(server.id) && server.state !== 'deleting')?.id;
    default:
      return step satisfies never;
  }
}

/** A deletion that was interrupted but carried out leaves a record of nothing. */
function dropDeleted(ledger: Ledger, runs: readonly UnfinishedRun[], actual: ActualState): Ledger {
  const deletions = new Set(
    runs.flatMap((run) =>
      run.entries.flatMap((entry) => (entry.kind === 'begin' && entry.step.kind.startsWith('delete-') ? [entry.step.address] : [])),
    ),
  );
  const exists = { server: actual.servers, network: actual.networks, key: actual.keys } as const;
  const entries = Object.fromEntries(
    Object.entries(ledger.entries).filter(
      ([, entry]) => !deletions.has(entry.address) || exists[entry.kind].some((remote) => remote.id === entry.id),
    ),
  );
  return { ...ledger, entries };
}

const note = (pending: PendingStep, text: Text): Note => ({
  code: 'run-interrupted',
  level: 'warning',
  address: pending.begin.step.address,
  text,
});
