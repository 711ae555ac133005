import { type ExitCode, exitCodes } from '#schemas/events/exit-code.ts';
import type { Address } from '#schemas/infra/names.ts';
import type { Plan } from '#schemas/plan/plan.ts';
import { hasChanges } from '#schemas/plan/read-plan.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { ApplyResult } from '../engine/apply/apply-plan.ts';
import type { Confirmation } from '../engine/confirm.ts';
import { isOnlyDoubt } from '#schemas/plan/left-out.ts';
import type { Project } from './open-project.ts';
import type { Staleness } from '../engine/compare-plans.ts';

/** How an operation ended. Surfaces render it; `toExitCode` is the only place that turns it into a number. */
export type OperationResult =
  | { readonly kind: 'invalid'; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'planned'; readonly plan: Plan; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'nothing-to-do'; readonly plan: Plan }
  | { readonly kind: 'refused'; readonly plan: Plan }
  | { readonly kind: 'stale'; readonly plan: Plan; readonly staleness: Staleness }
  | { readonly kind: 'not-confirmed'; readonly plan: Plan; readonly needed: Confirmation; readonly wasAsked: boolean }
  | {
      readonly kind: 'applied';
      readonly plan: Plan;
      readonly run: string;
      readonly result: ApplyResult;
      /** Addresses that the plan refuses, and what depends on them: they were left out. */
      readonly leftOut: readonly Address[];
      /** A deletion was asked for, and all there was to do was to forget what ict did not create. */
      readonly onlyForgot?: boolean;
      /** For what follows an apply with the same reading of the file. */
      readonly project: Project;
    };

/** Exit code of a result (docs/exit-codes.md). `isDetailed`: a plan with changes is 2. */
export function toExitCode(result: OperationResult, isDetailed = false): ExitCode {
  switch (result.kind) {
    case 'invalid':
      return exitCodes.usage;
    case 'planned':
      return isDetailed && (hasChanges(result.plan) || result.plan.refusals.length > 0) ? exitCodes.changesPresent : exitCodes.done;
    case 'nothing-to-do':
      return exitCodes.done;
    case 'refused':
      return isOnlyDoubt(result.plan) ? exitCodes.partial : exitCodes.blocked;
    case 'stale':
      return exitCodes.stalePlan;
    case 'not-confirmed':
      return exitCodes.notConfirmed;
    case 'applied':
      if (result.result.isInterrupted) return exitCodes.interrupted;
      return result.leftOut.length > 0 || result.onlyForgot === true || result.result.failed.length + result.result.skipped.length > 0
        ? exitCodes.partial
        : exitCodes.done;
    default:
      return result satisfies never;
  }
}
