import type { DeployRecord } from '#schemas/deploy/deploy-record.ts';
import type { Plan } from '#schemas/plan/plan.ts';
import type { Address } from '#schemas/infra/names.ts';
import type { GivenConfirmation } from '../../engine/confirm.ts';
import type { PlanPolicy } from '../../engine/plan/plan-input.ts';
import type { OperationResult } from '../operation-result.ts';

/** What a deploy is asked for. */
export interface DeployRequest {
  /** Path of the infra file. */
  readonly file: string;
  /** Addresses, entries, groups or globs; empty: every server. */
  readonly limit: readonly string[];
  readonly tags: readonly string[];
  readonly skipTags: readonly string[];
  /** Dry run: Ansible shows what it would change. Nothing is applied before it. */
  readonly isCheck: boolean;
  /** Only hosts that the last deploy failed on, did not reach or did not get to. */
  readonly isRetry: boolean;
  /** Only playbooks that would do something else on a host than when they last ended well there. */
  readonly isChangedOnly: boolean;
  /** Deploys to what there is, whether the panel is equal to the file or not. */
  readonly isAsIs: boolean;
  /** 0 to 4. */
  readonly verbosity: number;
  readonly vaultPasswordFile?: string;
  /** Instead of each server's administrator. */
  readonly user?: string;
  /** Private key, instead of those the file's keys lead to. */
  readonly keyFile?: string;
  readonly policy: PlanPolicy;
  readonly given: GivenConfirmation;
  /** The difference as it was confirmed: refused when file or cloud moved since. */
  readonly saved?: Plan;
}

/** A request that wants nothing special of the hosts it is limited to. */
export const plainDeploy = (file: string, limit: readonly string[]): DeployRequest => ({
  file,
  limit,
  tags: [],
  skipTags: [],
  isCheck: false,
  isRetry: false,
  isChangedOnly: false,
  isAsIs: true,
  verbosity: 0,
  policy: { allowReplace: [] },
  given: { yes: false },
});

/** A playbook that no host can be given, and what Ansible says against it. */
export interface BrokenPlaybook {
  readonly label: string;
  readonly path: string;
  /** Undefined: there is no such file. */
  readonly said: string | undefined;
}

/** How a deploy ended. */
export type DeployResult =
  /** It did not get to the hosts: the file, the plan or the apply before it stood in the way. */
  | { readonly kind: 'not-applied'; readonly result: OperationResult }
  | { readonly kind: 'broken-playbooks'; readonly playbooks: readonly BrokenPlaybook[] }
  | { readonly kind: 'nothing-to-deploy'; readonly why: 'no-playbooks' | 'unchanged' | 'nothing-failed' | 'no-hosts' }
  | { readonly kind: 'unreached'; readonly addresses: readonly Address[] }
  /** Playbooks that changed between the question and their run: what was confirmed is not what would run. */
  | { readonly kind: 'playbooks-changed'; readonly playbooks: readonly string[] }
  /** `leftOut`: servers that the plan refuses, so nothing ran on them. */
  | { readonly kind: 'deployed'; readonly record: DeployRecord; readonly leftOut?: readonly Address[] };
