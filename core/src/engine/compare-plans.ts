import type { Plan } from '#schemas/plan/plan.ts';
import { compareObservations, type ObservationDifference } from './plan/observe.ts';

/** Why a saved plan may no longer be applied. */
export interface Staleness {
  readonly isFileChanged: boolean;
  readonly isAccountChanged: boolean;
  /** What moved in the cloud since the plan was made. */
  readonly observations: readonly ObservationDifference[];
  /** Steps that the plan would not have, or would have now: the recorded state moved. */
  readonly steps: { readonly gone: readonly string[]; readonly added: readonly string[] };
}

/** Compares a saved plan with one made just now from the same selection; undefined when it still holds. */
export function findStaleness(saved: Plan, fresh: Plan): Staleness | undefined {
  const [before, now] = [stepIds(saved), stepIds(fresh)];
  const staleness: Staleness = {
    isFileChanged: saved.file.hash !== fresh.file.hash,
    isAccountChanged: saved.account.endpoint !== fresh.account.endpoint || saved.account.id !== fresh.account.id,
    observations: compareObservations(saved.observations, fresh.observations),
    steps: { gone: before.filter((id) => !now.includes(id)), added: now.filter((id) => !before.includes(id)) },
  };
  const isStale =
    staleness.isFileChanged ||
    staleness.isAccountChanged ||
    staleness.observations.length > 0 ||
    staleness.steps.gone.length > 0 ||
    staleness.steps.added.length > 0;
  return isStale ? staleness : undefined;
}

const stepIds = (plan: Plan): string[] => plan.changes.flatMap((change) => change.steps.map((step) => step.id));
