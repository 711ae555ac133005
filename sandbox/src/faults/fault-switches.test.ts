import { describe, expect, test } from 'vitest';
import { type FaultRule, isRuleFor } from './fault-rule.ts';
import { createFaultSwitches } from './fault-switches.ts';

const post = { method: 'POST', path: '/server', kind: '/server' };
const read = { method: 'GET', path: '/server/900001', kind: '/server/{id}' };

test.each<[string, Omit<FaultRule, 'name'>, boolean]>([
  ['no filter', {}, true],
  ['its method', { method: 'GET' }, true],
  ['another method', { method: 'POST' }, false],
  ['its kind', { path: '/server/{id}' }, true],
  ['its very path', { path: '/server/900001' }, true],
  ['another id', { path: '/server/900002' }, false],
  ['the list it belongs to', { path: '/server' }, false],
  ['everything below', { path: '/server/*' }, true],
  ['both', { method: 'GET', path: '/server/{id}' }, true],
])('a rule with %s', (_reason, filter, expected) => expect(isRuleFor({ name: 'slow', ...filter }, read)).toBe(expected));

describe('when a fault strikes', () => {
  const strikes = (rule: Omit<FaultRule, 'name'>, requests: number): string => {
    const faults = createFaultSwitches();
    faults.set({ name: 'slow', ...rule });
    return Array.from({ length: requests }, () => (faults.take('slow', post) === undefined ? '.' : 'x')).join('');
  };
  test.each<[string, Omit<FaultRule, 'name'>, string]>([
    ['always', {}, 'xxxxxx'],
    ['times', { times: 2 }, 'xx....'],
    ['every', { every: 3 }, '..x..x'],
    ['skip', { skip: 2 }, '..xxxx'],
    ['skip and times', { skip: 1, times: 1 }, '.x....'],
    ['skip and every', { skip: 1, every: 2 }, '..x.x.'],
    ['every and times', { every: 2, times: 1 }, '.x....'],
    ['not its request', { method: 'PUT' }, '......'],
  ])('%s', (_reason, rule, expected) => expect(strikes(rule, 6)).toBe(expected));
});

test('counts what it was about and what it struck', () => {
  const faults = createFaultSwitches();
  faults.set({ name: 'slow', method: 'POST', times: 1 });
  for (const request of [post, read, post]) faults.take('slow', request);
  expect(faults.list()).toEqual([{ fault: 'slow=POST,times=1', matched: 2, struck: 1 }]);
});

test('the same fault for another request is one more, for the same request a new one', () => {
  const faults = createFaultSwitches();
  faults.set({ name: 'slow', method: 'POST', times: 1 });
  faults.take('slow', post);
  faults.set({ name: 'slow', method: 'GET' });
  faults.set({ name: 'slow', method: 'POST', times: 5 });
  expect(faults.list()).toEqual([
    { fault: 'slow=GET', matched: 0, struck: 0 },
    { fault: 'slow=POST,times=5', matched: 0, struck: 0 },
  ]);
});

test('only one rule strikes, the others keep their turn', () => {
  const faults = createFaultSwitches();
  faults.set({ name: 'slow', method: 'POST', times: 1, ms: 1 });
  faults.set({ name: 'slow', path: '/server', times: 1, ms: 2 });
  expect([faults.take('slow', post)?.ms, faults.take('slow', post)?.ms, faults.take('slow', post)]).toEqual([1, 2, undefined]);
});

test('rules about different objects work side by side and count for themselves', () => {
  const faults = createFaultSwitches();
  faults.set({ name: 'list-omits', id: 1, times: 1 });
  faults.set({ name: 'list-omits', objectName: 'a' });
  faults.set({ name: 'list-omits', id: 1, times: 2 });
  expect(faults.takeAll('list-omits', read).map(({ id, objectName }) => id ?? objectName)).toEqual(['a', 1]);
  faults.takeAll('list-omits', read);
  expect(faults.takeAll('list-omits', read)).toHaveLength(1);
  expect(faults.list().map(({ struck }) => struck)).toEqual([3, 2]);
  expect(faults.rules('list-omits')).toHaveLength(2);
});

test('clearing tells what went, once per name, even when its times are used up', () => {
  const gone: string[] = [];
  const faults = createFaultSwitches({ onClear: (name) => gone.push(name) });
  faults.set({ name: 'stuck-task', times: 1 });
  faults.set({ name: 'stuck-task', method: 'PUT' });
  faults.set({ name: 'slow' });
  faults.take('stuck-task', post);
  faults.clear('stuck-task');
  expect(gone).toEqual(['stuck-task']);
  expect(faults.list().map(({ fault }) => fault)).toEqual(['slow']);
  faults.clear();
  faults.clear();
  expect([gone, faults.list()]).toEqual([['stuck-task', 'slow'], []]);
});

test('an impossible rule is refused', () => {
  for (const rule of [{ name: 'slow', times: 0 }, { name: 'twin', as: 'x' }, { name: 'list-omits' }] as const) {
    expect(() => createFaultSwitches().set(rule)).toThrow();
  }
});
