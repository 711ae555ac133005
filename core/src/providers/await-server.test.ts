import { describe, expect, test } from 'vitest';
import type { ActualServer } from '#schemas/state/actual.ts';
import { CloudError } from '#core/ports/cloud-provider.ts';
import { fakeClient, fakeServer, inTurn } from '#test/cloud/fake-client.ts';
import { fakeContext } from '#test/cloud/fake-context.ts';
import { awaitChange, awaitServer } from './await-server.ts';

const fresh = fakeServer({ state: 'new', rawState: 'New' });

const start = (...seen: readonly (ActualServer | undefined | Error)[]) => fakeContext(fakeClient({ servers: { get: inTurn(...seen) } }));

describe('awaitServer', () => {
  test('waits until it is active, telling the provider’s word', async () => {
    const { context, hooks, told } = start(fresh, fakeServer({ state: 'other', rawState: 'Customizing' }), fakeServer());
    expect(await awaitServer(context, 1, hooks.onProgress, hooks.signal)).toEqual(fakeServer());
    expect(told).toEqual(['New', 'Customizing']);
  });

  test.each([
    ['there is no money', fakeServer({ state: 'need-money', rawState: 'NeedMoney' }), 'need-money'],
    ['it is blocked', fakeServer({ state: 'blocked', rawState: 'Blocked' }), 'blocked'],
    ['it is gone', undefined, 'vanished'],
    ['the token is refused', new CloudError('unauthorized', 'denied'), 'unauthorized'],
  ])('fails when %s', async (_reason, seen, code) => {
    const { context, hooks } = start(fresh, seen);
    await expect(awaitServer(context, 1, hooks.onProgress, hooks.signal)).rejects.toMatchObject({ code });
  });

  test('one that is being deleted is waited for until it is gone', async () => {
    const { context, hooks, told } = start(fakeServer({ state: 'deleting', rawState: 'Deleting' }), undefined);
    await expect(awaitServer(context, 1, hooks.onProgress, hooks.signal)).rejects.toMatchObject({ code: 'vanished' });
    expect(told).toEqual(['Deleting']);
  });

  test('ends after the user’s patience with tasks', async () => {
    const { clock, context, hooks } = start(fresh);
    await expect(awaitServer(context, 1, hooks.onProgress, hooks.signal)).rejects.toMatchObject({ code: 'task-timeout' });
    expect(clock.now()).toBe(3_600_000);
  });
});

describe('awaitChange', () => {
  const change = { what: 'server 1 to be off', isTrue: (server: ActualServer) => !server.isPowerOn };

  test('gives the server as it is then', async () => {
    const { context, hooks } = start(fakeServer(), fakeServer({ isPowerOn: false }));
    expect(await awaitChange(context, 1, change, hooks.onProgress, hooks.signal)).toMatchObject({ isPowerOn: false });
  });

  test('is less patient than with a task: five minutes', async () => {
    const { clock, context, hooks } = start(fakeServer());
    await expect(awaitChange(context, 1, change, hooks.onProgress, hooks.signal)).rejects.toMatchObject({
      code: 'task-timeout',
      message: expect.stringContaining('server 1 to be off'),
    });
    expect(clock.now()).toBe(300_000);
  });

  test('fails when the server is gone', async () => {
    const { context, hooks } = start(undefined);
    await expect(awaitChange(context, 1, change, hooks.onProgress, hooks.signal)).rejects.toMatchObject({ code: 'vanished' });
  });
});
