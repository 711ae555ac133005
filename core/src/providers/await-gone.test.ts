import { describe, expect, test } from 'vitest';
import { CloudError } from '#core/ports/cloud-provider.ts';
import { fakeClient, fakeNetwork, fakeServer, inTurn } from '#test/cloud/fake-client.ts';
import { fakeContext } from '#test/cloud/fake-context.ts';
import type { DeleteHooks } from './await-gone.ts';
import { deleteKey } from './key.ts';
import { deleteNetwork } from './network.ts';
import { deleteServer } from './server.ts';

const deleting = { state: 'deleting', rawState: 'Deleting' } as const;

const none = { items: [], unreadable: [] };
const listed = { items: [{ id: 1, ...deleting }], unreadable: [] };

/** A provider that deletes, and what its two ways to look for an object say, reading by reading. */
function start(one: readonly unknown[], lists: readonly unknown[] = [none]) {
  const resource = () => ({ delete: async () => true, get: inTurn(...(one as never[])), list: inTurn(...(lists as never[])) });
  const fake = fakeContext(fakeClient({ servers: resource(), networks: resource(), sshKeys: resource() }));
  const told: string[] = [];
  const hooks: DeleteHooks = {
    onAccepted: () => told.push('accepted'),
    onProgress: (state) => told.push(state),
    signal: fake.hooks.signal,
  };
  return { ...fake, hooks, told };
}

describe.each([
  ['deleteServer', deleteServer, fakeServer],
  ['deleteNetwork', deleteNetwork, fakeNetwork],
] as const)('%s', (_name, remove, fakeObject) => {
  test('waits until it is found neither by its id nor in the list', async () => {
    const { context, hooks, told } = start([fakeObject(), fakeObject(deleting), undefined], [none]);
    expect(await remove(context, 1, hooks)).toBe('gone');
    expect(told).toEqual(['accepted', 'Active', 'Deleting']);
  });

  test('a reading that does not find it is no proof while the list has it', async () => {
    const { context, hooks, clock } = start([undefined, undefined, undefined], [listed, listed, none]);
    expect(await remove(context, 1, hooks)).toBe('gone');
    expect(clock.elapsed()).toBeGreaterThanOrEqual(2000);
  });

  test('a row that stays readable as deleted is gone', async () => {
    const deleted = { state: 'deleted', rawState: 'Deleted' } as const;
    const { context, hooks } = start([fakeObject(deleted)], [{ items: [{ id: 1, ...deleted }], unreadable: [] }]);
    expect(await remove(context, 1, hooks)).toBe('gone');
  });

  test('what says for minutes that it is being deleted is left to the provider', async () => {
    const { context, hooks, clock } = start(Array.from({ length: 1000 }, () => fakeObject(deleting)));
    expect(await remove(context, 1, hooks)).toBe('deleting');
    expect(clock.elapsed()).toBeLessThan(600_000);
  });

  test('what stays as it was fails after the user’s patience', async () => {
    const { context, hooks } = start(Array.from({ length: 5000 }, () => fakeObject()));
    await expect(remove(context, 1, hooks)).rejects.toMatchObject({ code: 'task-timeout' });
  });

  test('a row that cannot be read exists', async () => {
    const unreadable = { items: [], unreadable: [{ kind: 'server', id: 1 }] };
    const { context, hooks, clock } = start([undefined, undefined], [unreadable, none]);
    expect(await remove(context, 1, hooks)).toBe('gone');
    expect(clock.elapsed()).toBeGreaterThanOrEqual(1000);
  });
});

test('a key is gone when neither way finds it', async () => {
  const { context, hooks } = start([undefined]);
  expect(await deleteKey(context, 1, hooks.signal)).toBe('gone');
});

test('a refusal is told', async () => {
  const { context, hooks } = fakeContext(fakeClient({ networks: { delete: () => Promise.reject(new CloudError('conflict', 'in use')) } }));
  await expect(deleteNetwork(context, 1, { ...hooks, onAccepted: () => undefined })).rejects.toMatchObject({ code: 'conflict' });
});
