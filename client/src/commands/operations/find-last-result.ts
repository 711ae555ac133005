import type { Plan } from '#schemas/plan/plan.ts';
import type { Operation } from '../../operations/operations.ts';
import type { Target } from '../context/pick-target.ts';

/** What a lens's last result is shown by. */
export type LastResult = { readonly kind: 'operation'; readonly operation: Operation } | { readonly kind: 'plan' };

/** Options of the engine that name what an operation is about. */
const SELECTORS: ReadonlySet<string> = new Set(['--only', '--limit']);

/**
 * The newest of what is known about a target: an operation on it, or the plan that is shown. What ran over the whole file is
 * about everything in it. Without a target, as from the status bar, the newest operation. `operations` come newest first.
 */
export function findLastResult(
  operations: readonly Operation[],
  plan: Plan | undefined,
  target: Target | undefined,
): LastResult | undefined {
  const operation = operations.find((one) => !target || (one.file === target.file && isAbout(targetsOf(one), target.names)));
  const isPlanned =
    plan !== undefined && target !== undefined && plan.file.path === target.file && isAbout(plan.selection?.only ?? [], target.names);
  if (isPlanned && (operation?.state.startedAt ?? '') < plan.createdAt) return { kind: 'plan' };
  return operation && { kind: 'operation', operation };
}

const isAbout = (targets: readonly string[], names: readonly string[]): boolean =>
  targets.length === 0 || (names.length > 0 && names.every((name) => targets.includes(name) || targets.includes(`server.${name}`)));

/** An apply names its targets in the plan that it carries out, a power command as its arguments. */
function targetsOf({ words, state }: Operation): readonly string[] {
  const [command, , ...rest] = words;
  if (command === 'power') return rest.slice(0, rest.indexOf('--file') < 0 ? rest.length : rest.indexOf('--file'));
  const named = words.filter((_, index) => SELECTORS.has(words[index - 1] ?? ''));
  return named.length > 0 ? named : (state.plan?.selection?.only ?? []);
}
