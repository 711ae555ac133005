import type { Address } from '../infra/names.ts';
import type { Change, Plan, Refusal } from './plan.ts';
import { hasChanges } from './read-plan.ts';
import type { Step } from './step.ts';

/** A plan divided into what can be carried out and what is left out. */
export interface Divided {
  readonly runnable: Plan;
  /** Addresses that a refusal is about, and those that depend on them, in the order of the plan. */
  readonly leftOut: readonly Address[];
}

/** Refusals that are about the whole plan: nothing of it may be carried out. */
export const wholeRefusals = (plan: Pick<Plan, 'refusals'>): readonly Refusal[] =>
  plan.refusals.filter(({ address }) => address === undefined);

/** Refusals that say that something is not known, not that it is forbidden. */
const doubts: ReadonlySet<Refusal['kind']> = new Set(['presence-unknown', 'create-unsettled', 'list-incomplete', 'being-deleted']);

/** Whether all that stands against a plan is that something is not known: then it is incomplete, not blocked. */
export const isOnlyDoubt = (plan: Pick<Plan, 'refusals'>): boolean => plan.refusals.every(({ kind }) => doubts.has(kind));

/**
 * Takes out what a refusal is about and what depends on it: a server whose key cannot be made, a link to a network that is
 * refused. Everything else of the plan goes on. Pure.
 */
export function divide(plan: Plan): Divided {
  const leftOut = findLeftOut(plan.changes, plan.refusals);
  if (leftOut.size === 0) return { runnable: plan, leftOut: [] };
  return {
    runnable: {
      ...plan,
      changes: plan.changes.filter(({ address }) => !leftOut.has(address)),
      records: plan.records.filter(({ address }) => !leftOut.has(address)),
    },
    leftOut: plan.changes.flatMap(({ address }) => (leftOut.has(address) ? [address] : [])),
  };
}

/** Whether something of a plan would be carried out. */
export const canApply = (plan: Plan): boolean => wholeRefusals(plan).length === 0 && hasChanges(divide(plan).runnable);

/** What a summary counts: changes that would be carried out, by action, and addresses that are skipped. */
export function countChanges(plan: Plan): { readonly counts: Plan['totals']; readonly skipped: number } {
  const { runnable, leftOut } = divide(plan);
  const counts = { ...plan.totals };
  for (const { address, action } of plan.changes) if (leftOut.includes(address)) counts[action] -= 1;
  return { counts: runnable === plan ? plan.totals : counts, skipped: leftOut.length };
}

/** Addresses that cannot be carried out. */
export function findLeftOut(changes: readonly Change[], refusals: readonly Refusal[]): ReadonlySet<Address> {
  const leftOut = new Set<Address>(refusals.flatMap(({ address }) => address ?? []));
  if (leftOut.size === 0) return leftOut;
  const isBlocked = ({ address, steps }: Change): boolean =>
    !leftOut.has(address) && steps.some((step) => referencesOf(step).some((needed) => leftOut.has(needed as Address)));
  for (let found = changes.filter(isBlocked); found.length > 0; found = changes.filter(isBlocked))
    for (const { address } of found) leftOut.add(address);
  return leftOut;
}

/** Addresses that a step cannot do without. `after` is only an order: a network whose servers stay is refused by its own check. */
const referencesOf = (step: Step): readonly string[] =>
  step.kind === 'create-server' ? step.spec.sshKeys : step.kind === 'link-network' ? [step.network] : [];
