import { expect, test } from 'vitest';
import type { Plan } from './plan.ts';
import { countSteps } from './count-steps.ts';

const planOf = (...ids: readonly string[]): Plan => ({ changes: ids.map((id) => ({ steps: [{ id }] })) }) as unknown as Plan;

test.each<[string, Plan | undefined, string[], number]>([
  ['nothing is known yet', undefined, [], 0],
  ['a plan of which nothing has begun may never be carried out', planOf('a', 'b', 'c'), [], 0],
  ['a plan that is carried out counts whole', planOf('a', 'b', 'c'), ['b'], 3],
  ['steps beside the plan are added as they begin', planOf('a', 'b'), ['a', 'ssh web', 'ssh db'], 4],
  ['a deploy that leaves the difference has its own steps only', planOf('a', 'b'), ['ssh web'], 1],
  ['steps without a plan', undefined, ['x', 'y'], 2],
])('%s', (_reason, plan, begun, expected) => {
  expect(countSteps(plan, new Set(begun))).toBe(expected);
});
