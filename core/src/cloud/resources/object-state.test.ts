import { expect, test } from 'vitest';
import { toObjectState } from './object-state.ts';

test.each([
  ['New', 'new'],
  ['FromPool', 'new'],
  ['Active', 'active'],
  ['active', 'active'],
  [' Active ', 'active'],
  ['Blocked', 'blocked'],
  ['NeedMoney', 'need-money'],
  ['Deleting', 'deleting'],
  ['Deleted', 'deleted'],
  ['InPool', 'other'],
  ['', 'other'],
  ['constructor', 'other'],
  ['__proto__', 'other'],
] as const)('%s is %s', (word, state) => expect(toObjectState(word)).toBe(state));
