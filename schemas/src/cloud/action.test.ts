import { expect, test } from 'vitest';
import { readActionState, wireAction, wireActions } from './action.ts';

test.each([
  ['the documented sample', { ID: 4400077, Type: 'Resize', State: 'InProgress' }, { ID: 4400077, Type: 'Resize', State: 'InProgress' }],
  [
    'with dates',
    { ID: 1, Type: 'Create', State: 'Completed', StartDate: '2019-02-02T21:17:11.64', EndDate: '2019-02-02T21:18:11' },
    { ID: 1, Type: 'Create', State: 'Completed', StartDate: '2019-02-02T21:17:11.64', EndDate: '2019-02-02T21:18:11' },
  ],
  ['a null end', { ID: 1, State: 'Postponed', EndDate: null }, { ID: 1, State: 'Postponed' }],
  [
    'an unknown type and a new field',
    { Id: '5', Type: 'Defragment', State: 'X', By: 'me' },
    { ID: 5, Type: 'Defragment', State: 'X', By: 'me' },
  ],
])('reads %s', (_reason, value, expected) => expect(wireAction.parse(value)).toEqual(expected));

test.each([[{ Type: 'Create', State: 'x' }], [{ ID: 1, Type: 'Create' }], [null], ['Completed']])('refuses %j', (value) => {
  expect(wireAction.safeParse(value).success).toBe(false);
});

test('a list is a bare array', () => {
  expect(wireActions.parse([])).toEqual([]);
  expect(wireActions.safeParse({ Items: [] }).success).toBe(false);
});

test.each([
  ['Completed', 'done'],
  ['completed', 'done'],
  ['InProgress', 'running'],
  ['Postponed', 'running'],
  ['SomethingNew', 'running'],
  ['', 'running'],
  ['Failed', 'failed'],
  ['Error', 'failed'],
  ['Canceled', 'failed'],
  ['Cancelled', 'failed'],
])('the state "%s" means %s', (state, outcome) => expect(readActionState(state)).toBe(outcome));
