import type { Address, ResourceKind } from '#schemas/infra/names.ts';
import { splitAddress } from '#schemas/infra/names.ts';
import type { Change, Note, Refusal } from '#schemas/plan/plan.ts';
import type { Step, StepKind, StepOf } from '#schemas/plan/step.ts';
import type { LedgerEntry } from '#schemas/state/ledger.ts';

/** What planning one address gives. */
export interface Planned {
  readonly change: Change;
  /** Recorded state to correct without a provider call; null: no longer recorded. */
  readonly record?: { readonly address: Address; readonly entry: LedgerEntry | null };
  readonly notes: readonly Note[];
  readonly refusals: readonly Refusal[];
}

/** The ids of lost objects that an address keeps for people, with one more. */
export const addReplacedId = (entry: LedgerEntry | undefined, lostId: number | undefined): { replacedIds?: number[] } => {
  const ids = [...new Set([...(entry?.replacedIds ?? []), ...(lostId === undefined ? [] : [lostId])])];
  return ids.length === 0 ? {} : { replacedIds: ids };
};

/** The recorded time of creation; the first one that was seen stays, since it is what a later one is compared with. */
export const keepCreatedAt = (entry: LedgerEntry | undefined, seen: string | undefined): { createdAt?: string } => {
  const createdAt = entry?.createdAt ?? seen;
  return createdAt === undefined ? {} : { createdAt };
};

type WithoutBase<S> = S extends Step ? Omit<S, 'id' | 'address' | 'after' | 'kind'> : never;

/** Makes a step; its id is stable between plans. Steps of one address run one after the other (`orderSteps`). */
export function makeStep<K extends StepKind>(kind: K, address: Address, fields: WithoutBase<StepOf<K>>, suffix = ''): Step {
  return { kind, id: `${address}/${kind}${suffix}`, address, after: [], ...fields } as unknown as Step;
}

/** A change with nothing in it, to be filled by the caller. */
export function makeChange(address: Address, fields: Partial<Omit<Change, 'address' | 'kind'>>): Change {
  const kind: ResourceKind = splitAddress(address).kind;
  return { address, kind, action: 'no-op', fields: [], impacts: [], reasons: [], steps: [], ...fields };
}

/** Whether an address is protected, by the file or by what was recorded. */
export const isProtected = (declared: boolean | undefined, entry: LedgerEntry | undefined): boolean =>
  declared === true || entry?.protect === true;
