import type { Plan } from '#schemas/plan/plan.ts';
import { deletedAddresses, hasChanges } from '#schemas/plan/read-plan.ts';
import { splitAddress } from '#schemas/infra/names.ts';
import { t, tn, type Text } from '#schemas/text/text.ts';

/** What the user must say before a plan is carried out: heavier changes want more than a `y`. */
export type Confirmation =
  | { readonly kind: 'none' }
  | { readonly kind: 'yes'; readonly question: Text }
  /** The name of the one object that is deleted or replaced. */
  | { readonly kind: 'name'; readonly question: Text; readonly expected: string }
  /** The number of objects that are deleted or replaced. */
  | { readonly kind: 'count'; readonly question: Text; readonly expected: number };

/** Answers given beforehand, for machines. */
export interface GivenConfirmation {
  readonly yes: boolean;
  readonly confirm?: string;
  readonly allowDeletes?: number;
}

/** Weighs a plan. Names of what is deleted stand in the question. */
export function weighPlan(plan: Plan): Confirmation {
  if (!hasChanges(plan)) return { kind: 'none' };
  const deleted = deletedAddresses(plan);
  const [first] = deleted;
  if (first === undefined) {
    const count = plan.changes.filter((change) => change.action !== 'no-op').length;
    return { kind: 'yes', question: tn(count, 'Carry out {0} change?', 'Carry out {0} changes?') };
  }
  if (deleted.length === 1) {
    const expected = splitAddress(first).name;
    return { kind: 'name', expected, question: t('{0} will be deleted. Type its name ({1}) to confirm:', first, expected) };
  }
  return {
    kind: 'count',
    expected: deleted.length,
    question: tn(
      deleted.length,
      '{0} object will be deleted: {1}. Type the number to confirm:',
      '{0} objects will be deleted: {1}. Type the number to confirm:',
      deleted.join(', '),
    ),
  };
}

/** Whether the answers given beforehand are enough. `--yes` never confirms a deletion. */
export function isGiven(needed: Confirmation, given: GivenConfirmation): boolean {
  switch (needed.kind) {
    case 'none':
      return true;
    case 'yes':
      return given.yes || given.confirm !== undefined || given.allowDeletes !== undefined;
    case 'name':
      return given.confirm === needed.expected || given.allowDeletes === 1;
    case 'count':
      return given.allowDeletes === needed.expected;
    default:
      return needed satisfies never;
  }
}

/** Whether what the user typed confirms. */
export function isConfirmedBy(needed: Confirmation, answer: string): boolean {
  const typed = answer.trim();
  switch (needed.kind) {
    case 'none':
      return true;
    case 'yes':
      return /^(y|yes|д|да)$/i.test(typed);
    case 'name':
      return typed === needed.expected;
    case 'count':
      return typed === String(needed.expected);
    default:
      return needed satisfies never;
  }
}

/** The flag that would have confirmed, for the message where nobody can be asked. */
export function flagFor(needed: Confirmation): string {
  switch (needed.kind) {
    case 'none':
    case 'yes':
      return '--yes';
    case 'name':
      return `--confirm ${needed.expected}`;
    case 'count':
      return `--allow-deletes ${needed.expected}`;
    default:
      return needed satisfies never;
  }
}
