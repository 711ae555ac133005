import type { PriceTable } from '#schemas/infra/prices.ts';
import type { Address } from '#schemas/infra/names.ts';
import type { ActualState } from '#schemas/state/actual.ts';
import type { Ledger } from '#schemas/state/ledger.ts';
import type { Note } from '#schemas/plan/plan.ts';
import type { DesiredState } from '../../infra/desired-state.ts';

/** What the user allows beyond the safe defaults. */
export interface PlanPolicy {
  /** Addresses whose servers may be replaced. */
  readonly allowReplace: readonly string[];
  /** Raises `limits.max_deletes`, and confirms that many. */
  readonly allowDeletes?: number;
}

/** Everything a plan is made from. No clock, no files: the same input gives the same plan. */
export interface PlanInput {
  readonly desired: DesiredState;
  readonly actual: ActualState;
  readonly ledger: Ledger;
  /** Notes of the recovery of interrupted runs. */
  readonly recovered: readonly Note[];
  readonly endpoint: string;
  readonly file: { readonly path: string; readonly hash: string };
  /** ISO 8601. */
  readonly now: string;
  /** Addresses of a partial plan and the words that selected them. */
  readonly selection?: { readonly only: readonly string[]; readonly except: readonly string[]; isSelected(address: Address): boolean };
  readonly policy: PlanPolicy;
  /** Table the user keeps; absent: nothing is priced. */
  readonly prices?: PriceTable;
}
