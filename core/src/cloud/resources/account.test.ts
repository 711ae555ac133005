import { expect, test } from 'vitest';
import { CloudError } from '#core/ports/cloud-provider.ts';
import { silentLogger } from '#core/ports/logger.ts';
import { wireAccount } from '#schemas/cloud/account.ts';
import { answer, fakeSend, type Reaction } from '#test/cloud/fake-send.ts';
import { convertAccount, createAccountResource } from './account.ts';

const { signal } = new AbortController();
const get = (...reactions: readonly Reaction[]) => {
  const { requests, send } = fakeSend(...reactions);
  return { requests, reading: createAccountResource({ send, logger: silentLogger }).get(signal) };
};

test('an account that tells its balance costs one call', async () => {
  const { reading, requests } = get(answer(200, { ID: 5, Email: 'me@example.com', Balance: 12.5 }));
  expect(await reading).toEqual({ id: 5, email: 'me@example.com', balance: 12.5 });
  expect(requests.map(({ path }) => path)).toEqual(['/account']);
});

test('a balance that moved is read from its own call, a quoted number with a comma', async () => {
  const { reading, requests } = get(answer(200, { ID: 5 }), answer(200, '"123,45"'));
  expect(await reading).toMatchObject({ id: 5, balance: 123.45 });
  expect(requests.map(({ path }) => path)).toEqual(['/account', '/customer/balance']);
});

test.each<[string, Reaction]>([
  ['is not there', new CloudError('not-found', 'gone')],
  ['is not for this token', new CloudError('forbidden', 'denied')],
  ['makes no sense', answer(200, '"plenty"')],
])('a balance that %s is no reason to stop', async (_reason, reaction) => {
  expect(await get(answer(200, { ID: 5 }), reaction).reading).toEqual({ id: 5, email: undefined, balance: undefined });
});

test('a network that fails is one', async () => {
  await expect(get(answer(200, { ID: 5 }), new CloudError('network', 'cut')).reading).rejects.toMatchObject({ code: 'network' });
});

test.each([
  ['its own balance wins', { ID: 5, Email: 'me@example.com', Balance: 12.5 }, 99, { id: 5, email: 'me@example.com', balance: 12.5 }],
  ['a balance of zero is one', { Balance: 0 }, 99, { balance: 0 }],
  ['the balance of the other call', { ID: 5, Balance: null }, 99, { id: 5, balance: 99 }],
  ['no balance at all', {}, undefined, { id: undefined, balance: undefined }],
])('%s', (_reason, wire, balance, expected) => expect(convertAccount(wireAccount.parse(wire), balance)).toMatchObject(expected));
