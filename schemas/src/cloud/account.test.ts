import { expect, test } from 'vitest';
import { wireAccount, wireBalance } from './account.ts';

test.each([
  ['the quoted number', '123.45', 123.45],
  ['a bare number', 123.45, 123.45],
  ['a decimal comma', '123,45', 123.45],
  ['quotes inside the text', '"123.45"', 123.45],
  ['spaces between thousands', '1 234 567,8', 1234567.8],
  ['a no-break space between thousands', '1\u00a0234,5', 1234.5],
  ['a debt', '-0.5', -0.5],
  ['a whole number', '7', 7],
])('the balance as %s', (_reason, value, expected) => expect(wireBalance.parse(value)).toBe(expected));

test.each([[''], ['much'], [null], [{ Real: 1 }], ['1.2.3']])('%j is no balance', (value) => {
  expect(wireBalance.safeParse(value).success).toBe(false);
});

test.each([
  ['as it was in 2020', { ID: 1, FirstName: 'A', Email: 'a@example.com', Balance: 5.5 }, { Balance: 5.5, ProjectBalances: [] }],
  ['without the balance', { ID: 1 }, { ID: 1, ProjectBalances: [] }],
  [
    'with projects',
    { ID: 1, ProjectBalances: [{ ProjectId: 2, Balance: { Real: '1,5', Bonus: 0, Test: null } }] },
    { ProjectBalances: [{ ProjectId: 2, Balance: { Real: 1.5, Bonus: 0 } }] },
  ],
  ['an empty object, which still proves the token', {}, { ProjectBalances: [] }],
])('an account %s', (_reason, value, part) => expect(wireAccount.parse(value)).toMatchObject(part));
