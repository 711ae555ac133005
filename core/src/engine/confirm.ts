import { splitAddress, type Address } from '#schemas/infra/names.ts';
import type { Change, Plan } from '#schemas/plan/plan.ts';
import { deletedAddresses, hasChanges, recreatedAddresses } from '#schemas/plan/read-plan.ts';
import { joinTexts, t, type Text, tn, verbatim } from '#schemas/text/text.ts';
import { describePanel } from './plan/panel-facts.ts';

/** What the user must say before a plan is carried out: heavier changes want more than a `y`. */
export type Confirmation =
  | { readonly kind: 'none' }
  | { readonly kind: 'yes'; readonly question: Text }
  /** The name of the one object that is deleted, replaced or created in the place of a lost one. */
  | { readonly kind: 'name'; readonly question: Text; readonly expected: string; readonly recreated: readonly Address[] }
  /** The number of such objects. */
  | { readonly kind: 'count'; readonly question: Text; readonly expected: number; readonly recreated: readonly Address[] };

/** Answers given beforehand, for machines. */
export interface GivenConfirmation {
  readonly yes: boolean;
  /** Name of the one object that may be deleted. */
  readonly confirm?: string;
  readonly allowDeletes?: number;
  /** Addresses whose lost objects may be created anew. */
  readonly recreate?: readonly string[];
}

/** Weighs a plan. What is deleted is shown as the panel shows it; what is created in the place of a lost object is named. */
export function weighPlan(plan: Plan): Confirmation {
  if (!hasChanges(plan)) return { kind: 'none' };
  const changes = new Map(plan.changes.map((change) => [change.address, change]));
  const [deleted, recreated] = [deletedAddresses(plan), recreatedAddresses(plan)];
  const heavy = [...deleted, ...recreated];
  const [first] = heavy;
  if (first === undefined) {
    const count = plan.changes.filter((change) => change.action !== 'no-op').length;
    return { kind: 'yes', question: tn(count, 'Carry out {0} change?', 'Carry out {0} changes?') };
  }
  const facts = (address: Address): Text => describeTarget(address, changes.get(address));
  if (heavy.length === 1) {
    const expected = changes.get(first)?.panel?.name ?? splitAddress(first).name;
    const question =
      deleted.length === 1
        ? t('{0} will be deleted. Type its name ({1}) to confirm:', facts(first), expected)
        : t('{0} is gone and will be recreated, empty. Type its name ({1}) to confirm:', first, expected);
    return { kind: 'name', expected, question, recreated };
  }
  const deletion = tn(
    deleted.length,
    '{0} object will be deleted: {1}.',
    '{0} objects will be deleted: {1}.',
    joinTexts(deleted.map(facts)),
  );
  const creation = tn(
    recreated.length,
    '{0} lost object will be recreated, empty: {1}.',
    '{0} lost objects will be recreated, empty: {1}.',
    recreated.join(', '),
  );
  const told = deleted.length === 0 ? creation : recreated.length === 0 ? deletion : joinTexts([deletion, creation], ' ');
  return { kind: 'count', expected: heavy.length, recreated, question: t('{0} Type the number {1} to confirm:', told, heavy.length) };
}

/** An address with what the panel shows of its object. */
const describeTarget = (address: Address, change: Change | undefined): Text =>
  change?.panel ? t('{0} ({1})', address, describePanel(change.panel)) : verbatim(address);

/** Whether the answers given beforehand are enough. `--yes` confirms neither a deletion nor a lost object. */
export function isGiven(needed: Confirmation, given: GivenConfirmation): boolean {
  switch (needed.kind) {
    case 'none':
      return true;
    case 'yes':
      return given.yes || given.confirm !== undefined || given.allowDeletes !== undefined || (given.recreate ?? []).length > 0;
    case 'name':
    case 'count': {
      const allowed = new Set(given.recreate ?? []);
      if (!needed.recreated.every((address) => allowed.has(address) || allowed.has(splitAddress(address).name))) return false;
      const deletions = (needed.kind === 'name' ? 1 : needed.expected) - needed.recreated.length;
      if (deletions === 0) return true;
      return given.allowDeletes === deletions || (deletions === 1 && needed.kind === 'name' && given.confirm === needed.expected);
    }
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
      return typed === needed.expected.trim();
    case 'count':
      return typed === String(needed.expected);
    default:
      return needed satisfies never;
  }
}

/** The flags that would have confirmed, for the message where nobody can be asked. */
export function flagFor(needed: Confirmation): string {
  switch (needed.kind) {
    case 'none':
    case 'yes':
      return '--yes';
    case 'name':
    case 'count': {
      const deletions = (needed.kind === 'name' ? 1 : needed.expected) - needed.recreated.length;
      const flags = needed.recreated.map((address) => `--recreate ${address}`);
      if (deletions > 0) flags.push(needed.kind === 'name' ? `--confirm ${quoteWord(needed.expected)}` : `--allow-deletes ${deletions}`);
      return flags.join(' ');
    }
    default:
      return needed satisfies never;
  }
}

/** A name of the panel may hold blanks and signs that a shell takes for its own. */
const quoteWord = (word: string): string => (/^[\w.@-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
