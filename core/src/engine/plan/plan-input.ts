import type { Address } from '#schemas/infra/names.ts';
import type { PriceTable } from '#schemas/infra/prices.ts';
import type { Note } from '#schemas/plan/plan.ts';
import type { ActualState } from '#schemas/state/actual.ts';
import type { Ledger } from '#schemas/state/ledger.ts';
import type { DesiredState } from '../../infra/desired-state.ts';
import type { Presence } from '../presence/presence.ts';
import type { UnsettledVerdict } from '../recover/judge-unsettled.ts';

/** What the user allows beyond the safe defaults. */
export interface PlanPolicy {
  /** Addresses whose servers may be replaced. */
  readonly allowReplace: readonly string[];
  /** Raises `limits.max_deletes`, and confirms that many. */
  readonly allowDeletes?: number;
  /** Names of the panel that the user has confirmed for deletion. */
  readonly confirmedNames?: readonly string[];
  /** How many recorded objects the user says are really gone. */
  readonly confirmedGone?: number;
  /** Nobody reads the plan before it is carried out (`CI`, no terminal): then missing records are a refusal. */
  readonly isUnattended?: boolean;
  /** The user says that nothing being recorded here is right. */
  readonly allowEmptyLedger?: boolean;
}

/** Everything a plan is made from. No clock, no files: the same input gives the same plan. */
export interface PlanInput {
  readonly desired: DesiredState;
  readonly actual: ActualState;
  /** What is proven about recorded objects that `actual` lacks. */
  readonly presence: Presence;
  readonly ledger: Ledger;
  /** Notes of the recovery of interrupted runs. */
  readonly recovered: readonly Note[];
  /** Creates of earlier runs whose outcome is not known. */
  readonly unsettled: ReadonlyMap<Address, UnsettledVerdict>;
  /** Address → run of the last deploy to it. */
  readonly lastDeploys: ReadonlyMap<Address, string>;
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
