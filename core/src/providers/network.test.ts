import { describe, expect, test } from 'vitest';
import { fakeClient, fakeNetwork, inTurn } from '#test/cloud/fake-client.ts';
import { fakeContext } from '#test/cloud/fake-context.ts';
import { awaitNetwork } from './network.ts';

const fresh = fakeNetwork({ state: 'new', rawState: 'New' });

describe('awaitNetwork', () => {
  test('waits until it is active', async () => {
    const { context, hooks, told } = fakeContext(fakeClient({ networks: { get: inTurn(fresh, fresh, fakeNetwork()) } }));
    expect(await awaitNetwork(context, 51001, hooks.onProgress, hooks.signal)).toEqual(fakeNetwork());
    expect(told).toEqual(['New', 'New']);
  });

  test.each([
    ['there is no money', fakeNetwork({ state: 'need-money', rawState: 'NeedMoney' }), 'need-money'],
    ['it is blocked', fakeNetwork({ state: 'blocked', rawState: 'Blocked' }), 'blocked'],
    ['it is gone', undefined, 'vanished'],
    ['it never ends', fresh, 'task-timeout'],
  ])('fails when %s', async (_reason, seen, code) => {
    const { context, hooks } = fakeContext(fakeClient({ networks: { get: inTurn(fresh, seen) } }));
    await expect(awaitNetwork(context, 51001, hooks.onProgress, hooks.signal)).rejects.toMatchObject({ code });
  });
});
