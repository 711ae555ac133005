import type { Address, ResourceKind } from '#schemas/infra/names.ts';
import type { JournalEntry } from '#schemas/journal/journal-entry.ts';
import type { Note } from '#schemas/plan/plan.ts';
import type { ActualState } from '#schemas/state/actual.ts';
import type { Ledger, UnsettledCreate } from '#schemas/state/ledger.ts';
import { t, type Text } from '#schemas/text/text.ts';
import { judgePresence, type Presence } from '../presence/presence.ts';
import { findCreated } from './find-created.ts';
import { judgeUnsettled, type UnsettledVerdict } from './judge-unsettled.ts';
import { type PendingStep, replayJournal } from './replay-journal.ts';
import { createdKind, createdName, entryForCreated, isCreateStep } from './step-entry.ts';

/** A journal of a run that was cut off. */
export interface UnfinishedRun {
  readonly run: string;
  readonly entries: readonly JournalEntry[];
}

/** What the journals of interrupted runs say, before anybody has looked into the cloud. */
export interface ReplayedRuns {
  readonly ledger: Ledger;
  readonly pending: readonly PendingStep[];
  readonly unsettled: readonly UnsettledCreate[];
  /** Runs cut off between two steps. */
  readonly betweenSteps: readonly string[];
  /** Addresses whose deletion began. */
  readonly deletions: ReadonlySet<Address>;
}

/** How the age of a create is told, and when its absence means something. */
export interface SettleOptions {
  readonly ageMs: (unsettled: UnsettledCreate) => number;
  readonly doubtMs: number;
  /** The reading is the second of two that are far enough apart. */
  readonly isSecondReading: boolean;
  /** What was read is another account than the ledger's, so it shows nothing of what the runs did: everything stays open. */
  readonly isOtherAccount: boolean;
}

export interface Recovered {
  /** Recorded state with everything that was found out about the interrupted runs; what was not stays in `unsettled`. */
  readonly ledger: Ledger;
  readonly notes: readonly Note[];
  /** What is known of the creates that are still open, by address. */
  readonly unsettled: ReadonlyMap<Address, UnsettledVerdict>;
}

/** Folds the journals of interrupted runs into the recorded state. Pure. */
export function replayRuns(before: Ledger, runs: readonly UnfinishedRun[]): ReplayedRuns {
  let ledger = before;
  const pending: PendingStep[] = [];
  const unsettled: UnsettledCreate[] = [...(before.unsettled ?? [])];
  const betweenSteps: string[] = [];
  const deletions = new Set<Address>();
  for (const { run, entries } of runs) {
    const replayed = replayJournal(ledger, entries);
    ledger = replayed.ledger;
    pending.push(...replayed.pending);
    // A create that was sent anew has a new beginning; the older one is settled by it.
    for (const create of replayed.unsettled) {
      const known = unsettled.findIndex(({ step }) => step.id === create.step.id);
      if (known >= 0) unsettled.splice(known, 1);
      unsettled.push(create);
    }
    if (replayed.pending.length + replayed.unsettled.length === 0) betweenSteps.push(run);
    for (const entry of entries) if (entry.kind === 'begin' && entry.step.kind.startsWith('delete-')) deletions.add(entry.step.address);
  }
  return { ledger, pending, unsettled, betweenSteps, deletions };
}

/**
 * Finds out what interrupted runs left behind, by comparing them with what is proven about the cloud. A create whose answer never came is
 * looked for among the objects that were not there before it was sent; it is neither repeated nor forgotten before its absence means
 * something. Pure: ages come from the caller.
 */
export function settleRuns(replayed: ReplayedRuns, actual: ActualState, presence: Presence, options: SettleOptions): Recovered {
  if (options.isOtherAccount) return keepOpen(replayed);
  const entries = { ...replayed.ledger.entries };
  const notes: Note[] = [
    ...replayed.betweenSteps.map((run): Note => ({
      code: 'run-interrupted',
      level: 'info',
      text: t('Run {0} was interrupted between two steps.', run),
    })),
    ...replayed.pending.map(({ begin, acceptedId }) =>
      note(
        begin.step.address,
        isCreateStep(begin.step)
          ? t('its creation was interrupted; the object exists (id {0}): apply goes on with it', acceptedId ?? 0)
          : t('a change of it was interrupted: apply waits for the provider and goes on'),
      ),
    ),
  ];
  for (const address of replayed.deletions) {
    const entry = entries[address];
    if (entry && judgePresence(presence, entry).kind === 'gone') delete entries[address];
  }

  const owned = new Map<ResourceKind, Set<number>>();
  const own = (kind: ResourceKind, id: number): void => void owned.set(kind, (owned.get(kind) ?? new Set()).add(id));
  for (const entry of Object.values(entries)) own(entry.kind, entry.id);
  const names = new Set(replayed.unsettled.map(({ step }) => createdName(step)));
  for (const entry of Object.values(entries)) names.add(entry.name);

  const left: UnsettledCreate[] = [];
  const verdicts = new Map<Address, UnsettledVerdict>();
  for (const create of replayed.unsettled) {
    const { step, run, knownIds } = create;
    const kind = createdKind(step);
    // Settled by hand meanwhile: what was lost may still come, and then its name exists twice, which every plan tells.
    if (entries[step.address] && judgePresence(presence, entries[step.address] ?? { kind, id: 0 }).kind === 'present') continue;
    const ids = new Set(knownIds);
    const candidates = findCreated(
      step,
      {
        isSeenBefore: (id) => ids.has(id),
        newestId: Math.max(0, ...knownIds),
        isRecorded: (id) => owned.get(kind)?.has(id) === true,
        isDeclared: (name) => names.has(name),
      },
      actual,
    );
    const isObscured =
      presence.incomplete.has(kind) ||
      actual.unreadable.some((row) => row.kind === kind && (row.id === undefined || !(ids.has(row.id) || owned.get(kind)?.has(row.id))));
    const verdict = judgeUnsettled(candidates, options.ageMs(create), { ...options, isObscured });
    if (verdict.kind === 'found') {
      entries[step.address] = entryForCreated(step, verdict.object, run);
      own(kind, verdict.object.id);
      notes.push(
        note(step.address, t('its creation was interrupted; the object exists (id {0}): apply goes on with it', verdict.object.id)),
      );
    } else if (verdict.kind === 'never') {
      notes.push(note(step.address, t('its creation was interrupted before the provider had it: apply starts it again')));
    } else {
      left.push(create);
      verdicts.set(step.address, verdict);
    }
  }
  const { unsettled: _settled, ...ledger } = replayed.ledger;
  return { ledger: { ...ledger, entries, ...(left.length > 0 ? { unsettled: left } : {}) }, notes, unsettled: verdicts };
}

/** Nothing is found out. */
function keepOpen({ ledger, unsettled }: ReplayedRuns): Recovered {
  return { ledger: { ...ledger, ...(unsettled.length > 0 ? { unsettled: [...unsettled] } : {}) }, notes: [], unsettled: new Map() };
}

const note = (address: Address, text: Text): Note => ({ code: 'run-interrupted', level: 'warning', address, text });
