import { expect, test } from 'vitest';
import { wireAccount } from '#schemas/cloud/account.ts';
import { convertAccount } from './convert-account.ts';

test.each([
  ['its own balance wins', { ID: 5, Email: 'me@example.com', Balance: 12.5 }, 99, { id: 5, email: 'me@example.com', balance: 12.5 }],
  ['a balance of zero is one', { Balance: 0 }, 99, { balance: 0 }],
  ['the balance of the other call', { ID: 5, Balance: null }, 99, { id: 5, balance: 99 }],
  ['no balance at all', {}, undefined, { id: undefined, balance: undefined }],
])('%s', (_reason, wire, balance, expected) => expect(convertAccount(wireAccount.parse(wire), balance)).toMatchObject(expected));
