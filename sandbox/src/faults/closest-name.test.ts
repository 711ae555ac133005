import { expect, test } from 'vitest';
import { closestName } from './closest-name.ts';

const names = ['slow', 'need-money', 'stuck-task', 'rate-limit'];

test.each([
  ['one letter too many', 'sloww', 'slow'],
  ['one letter missing', 'nedmoney', 'need-money'],
  ['letters swapped', 'stcuk-task', 'stuck-task'],
  ['other case', 'RATE-LIMIT', 'rate-limit'],
  ['a third of it wrong', 'stock-tsk', 'stuck-task'],
  ['something else', 'earthquake', undefined],
  ['nothing', '', undefined],
])('%s', (_reason, wrong, near) => expect(closestName(wrong, names)).toBe(near));

test('no names, no answer', () => expect(closestName('slow', [])).toBeUndefined());
