import * as z from 'zod';
import { address, resourceKinds } from '../infra/names.ts';
import { step } from '../plan/step.ts';
import { ledgerEntry } from '../state/ledger.ts';

/** Version of the journal's format. */
export const JOURNAL_FORMAT = 1;

const at = z.iso.datetime();

/**
 * One line of `journal.ndjson`. Each is fsynced before what it announces happens, so a crash at any line leaves a
 * readable story: `begin` without an end is a step whose outcome must be looked up in the cloud.
 */
export const journalEntry = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('run-started'),
    format: z.literal(JOURNAL_FORMAT),
    at,
    run: z.string(),
    project: z.string(),
    command: z.string(),
    account: z.object({ id: z.number().optional(), endpoint: z.string(), projectIds: z.array(z.number()).optional() }),
  }),
  /**
   * Ids that a list showed for the first time in this run. What was seen before a create began is not what the create made; the
   * ids of all earlier lines count together.
   */
  z.object({ kind: z.literal('seen'), at, object: z.enum(resourceKinds), ids: z.array(z.number()) }),
  /**
   * A provider write is about to be sent. `boot` and `elapsed` give its age without the wall clock (`StoredMoment`).
   */
  z.object({ kind: z.literal('begin'), at, boot: z.string().optional(), elapsed: z.number().optional(), step }),
  /** The provider accepted the write; the object or task has this id, and this name where it is not the one that was asked for. */
  z.object({
    kind: z.literal('accepted'),
    at,
    step: z.string(),
    remoteId: z.number(),
    name: z.string().optional(),
    createdAt: z.string().optional(),
  }),
  /** The step is done. `entry` is the new recorded state of its address; null: the address is no longer recorded. */
  z.object({ kind: z.literal('success'), at, step: z.string(), address, entry: ledgerEntry.nullable() }),
  z.object({ kind: z.literal('failure'), at, step: z.string(), code: z.string(), message: z.string() }),
  /** Recorded state corrected without a provider call. */
  z.object({ kind: z.literal('record'), at, address, entry: ledgerEntry.nullable() }),
  /** The run is over and the ledger is written. A journal without it belongs to a run that was cut off. */
  z.object({ kind: z.literal('run-finished'), at, result: z.enum(['done', 'partial', 'interrupted', 'failed']) }),
]);
export type JournalEntry = z.output<typeof journalEntry>;
export type BeginEntry = Extract<JournalEntry, { kind: 'begin' }>;
