import type { Plan } from './plan.ts';

/**
 * How many steps an operation has, as far as its events tell: all of its plan once one of them has begun (a deploy may leave
 * the difference as it is), and those beside the plan that have begun, such as waiting for SSH.
 */
export function countSteps(plan: Plan | undefined, begun: ReadonlyMap<string, unknown> | ReadonlySet<string>): number {
  const planned = plan?.changes.flatMap(({ steps }) => steps.map(({ id }) => id)) ?? [];
  return planned.some((id) => begun.has(id)) ? new Set([...planned, ...begun.keys()]).size : begun.size;
}
