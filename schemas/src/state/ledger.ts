import * as z from 'zod';
import { address, projectName } from '../infra/names.ts';
import { createStep } from '../plan/create-step.ts';
import { keyValues, networkValues, serverValues, serverWriteOnly } from './values.ts';

/** Version of the ledger's format. */
export const LEDGER_FORMAT = 1;

const base = {
  address,
  /** Name of the object in the cloud. */
  name: z.string(),
  id: z.number(),
  /** Who made the object. ict deletes only what it created itself. */
  origin: z.enum(['created', 'adopted']),
  /** Outlives the removal of the entry from the file. */
  protect: z.boolean(),
  /** Run that wrote the entry last. */
  run: z.string(),
  /** When the provider made the object, as it wrote it. Compared before a deletion: an id alone identifies nothing. */
  createdAt: z.string().optional(),
  /** Ids of objects that this address had before and that were lost. Never deleted by ict, kept for people. */
  replacedIds: z.array(z.number()).optional(),
  /** Since when nobody could tell whether the object is there, ISO 8601. */
  unknownSince: z.iso.datetime().optional(),
  /**
   * When the provider accepted its creation (`StoredMoment`), until it was read for the first time: so long its absence may only mean
   * that it does not show yet.
   */
  unseen: z.object({ at: z.iso.datetime(), boot: z.string().optional(), elapsed: z.number().optional() }).optional(),
};

/** The recorded state of one address: remote id and the values of the last successful apply. No secret is in it. */
export const ledgerEntry = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('server'), ...base, values: serverValues, writeOnly: serverWriteOnly }),
  z.object({ kind: z.literal('network'), ...base, values: networkValues }),
  z.object({ kind: z.literal('key'), ...base, values: keyValues }),
]);
export type LedgerEntry = z.output<typeof ledgerEntry>;
export type ServerLedgerEntry = Extract<LedgerEntry, { kind: 'server' }>;
export type NetworkLedgerEntry = Extract<LedgerEntry, { kind: 'network' }>;
export type KeyLedgerEntry = Extract<LedgerEntry, { kind: 'key' }>;

/** A power state set by `ict power` or a schedule. Until its end it is not drift. */
export const powerHold = z.object({
  address,
  power: z.enum(['on', 'off']),
  /** Who set it, for people: `ict power`, a schedule's name. */
  by: z.string(),
  since: z.iso.datetime(),
  /** Absent: until the power is set again. */
  until: z.iso.datetime().optional(),
});
export type PowerHold = z.output<typeof powerHold>;

/** Names that JavaScript's objects have by themselves: nobody calls a server so, and a record with one is not ours. */
const OBJECT_NAMES = new Set(['__proto__', 'constructor', 'prototype', 'hasOwnProperty', 'toString', 'valueOf']);

/**
 * What ict writes holds by itself; a file that was edited, merged or sent by somebody may not: each entry is found by its own address, and
 * no object has two. A deletion goes by the id, so an entry that names another's id would delete a stranger.
 */
function checkEntries(entries: Readonly<Record<string, LedgerEntry>>, context: z.RefinementCtx): void {
  const owners = new Map<string, string>();
  const complain = (message: string, path: string): void => context.addIssue({ code: 'custom', message, path: [path] });
  for (const [key, { address: own, kind, id }] of Object.entries(entries)) {
    const [keyKind, name = ''] = key.split(/\.(.*)/s);
    if (key !== own || keyKind !== kind) complain(`the entry ${key} is about ${kind} ${own}`, key);
    if (OBJECT_NAMES.has(name)) complain(`${key} is no name of an object`, key);
    const object = `${kind} ${id}`;
    const other = owners.get(object);
    if (other !== undefined) complain(`${other} and ${key} are both ${kind} ${id}`, key);
    owners.set(object, key);
  }
}

/**
 * A create that was sent and whose answer is not known. It is neither repeated nor forgotten until its object is found, or until
 * enough time has passed without one. Written by the recovery of runs alone.
 */
export const unsettledCreate = z.object({
  step: createStep,
  run: z.string(),
  /** When it was sent, with the machine's boot and its monotonic clock, which the age is taken from on the same boot. */
  at: z.iso.datetime(),
  boot: z.string().optional(),
  elapsed: z.number().optional(),
  /** Ids of all objects of that kind that were seen before it was sent. */
  knownIds: z.array(z.number()),
});
export type UnsettledCreate = z.output<typeof unsettledCreate>;

/** `.ict/PROJECT/ledger.json`: the recorded state of a project. Made to be committed. */
export const ledger = z.object({
  format: z.literal(LEDGER_FORMAT),
  project: projectName,
  /** Account and endpoint the ids belong to: another account's ledger must not be applied. Absent until the first apply. */
  account: z.object({ id: z.number().optional(), endpoint: z.string(), projectIds: z.array(z.number()).optional() }).optional(),
  /** Grows by one with each write. */
  serial: z.number(),
  entries: z.record(address, ledgerEntry).superRefine(checkEntries),
  holds: z.array(powerHold),
  unsettled: z.array(unsettledCreate).optional(),
});
export type Ledger = z.output<typeof ledger>;

export const emptyLedger = (project: string): Ledger => ({ format: LEDGER_FORMAT, project, serial: 0, entries: {}, holds: [] });
