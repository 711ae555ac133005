import { describe, expect, test } from 'vitest';
import { CloudError } from '#core/ports/cloud-provider.ts';
import { fakeClient, fakeNetwork, fakeServer, inTurn } from '#test/cloud/fake-client.ts';
import { fakeContext } from '#test/cloud/fake-context.ts';
import { deleteKey, deleteNetwork, deleteServer, type DeleteHooks } from './delete-objects.ts';

const deleting = { state: 'deleting', rawState: 'Deleting' } as const;

function start(wasThere: boolean) {
  const client = fakeClient({
    servers: { delete: async () => wasThere, get: inTurn(fakeServer(), fakeServer(deleting), undefined) },
    networks: { delete: async () => wasThere, get: inTurn(fakeNetwork(), fakeNetwork(deleting), undefined) },
    sshKeys: { delete: async () => wasThere },
  });
  const fake = fakeContext(client);
  const told: string[] = [];
  const hooks: DeleteHooks = {
    onAccepted: () => told.push('accepted'),
    onProgress: (state) => told.push(state),
    signal: fake.hooks.signal,
  };
  return { ...fake, hooks, told };
}

describe.each([
  ['deleteServer', deleteServer],
  ['deleteNetwork', deleteNetwork],
])('%s', (_name, remove) => {
  test('waits until it is not found', async () => {
    const { context, hooks, told } = start(true);
    await remove(context, 1, hooks);
    expect(told).toEqual(['accepted', 'Active', 'Deleting']);
  });

  test('what was already gone takes no time, and nothing was accepted', async () => {
    const { clock, context, hooks, told } = start(false);
    await remove(context, 1, hooks);
    expect(told).toEqual([]);
    expect(clock.now()).toBe(0);
  });
});

test.each([true, false])('deleteKey ends whether the key was there (%s) or not', async (wasThere) => {
  const { context, hooks } = start(wasThere);
  await expect(deleteKey(context, 1, hooks.signal)).resolves.toBeUndefined();
});

test('a refusal is told', async () => {
  const { context, hooks } = fakeContext(fakeClient({ networks: { delete: () => Promise.reject(new CloudError('conflict', 'in use')) } }));
  await expect(deleteNetwork(context, 1, { ...hooks, onAccepted: () => undefined })).rejects.toMatchObject({ code: 'conflict' });
});
