import { describe, expect, test } from 'vitest';
import { CloudError } from '#core/ports/cloud-provider.ts';
import type { ActualServer, CloudTask } from '#schemas/state/actual.ts';
import { fakeClient, fakeServer, fakeTask, inTurn } from '#test/cloud/fake-client.ts';
import { fakeContext } from '#test/cloud/fake-context.ts';
import { awaitChange, awaitServer, linkNetwork, resizeServer, unlinkNetwork } from './server.ts';

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

const to = { cpu: 2, ramMb: 2048, diskGb: 40, diskType: 'SSD', pool: 'high' } as const;
const resized = fakeServer({ ...to });

describe('resizeServer', () => {
  const start = (servers: readonly ActualServer[], resize: () => Promise<CloudTask | undefined> = async () => fakeTask()) =>
    fakeContext(fakeClient({ servers: { resize, get: inTurn(...servers) }, actions: { list: async () => [] } }));

  test('ends when the values show, not when the task is completed', async () => {
    const { clock, context, hooks, told } = start([fakeServer(), resized]);
    expect(await resizeServer(context, 1, to, hooks)).toEqual(resized);
    expect(told).toEqual(['accepted 7', 'Active']);
    expect(clock.now()).toBe(1000);
  });

  test.each<[string, Partial<ActualServer>]>([
    ['in another case', { diskType: 'ssd' }],
    ['not at all', { diskType: undefined, pool: undefined }],
  ])('a field told %s does not hold it up', async (_how, fields) => {
    const { clock, context, hooks } = start([{ ...resized, ...fields }]);
    await resizeServer(context, 1, to, hooks);
    expect(clock.now()).toBe(0);
  });

  test.each<[string, Partial<ActualServer>]>([
    ['cores', { cpu: 1 }],
    ['memory', { ramMb: 1024 }],
    ['disk', { diskGb: 20 }],
    ['disk type', { diskType: 'SAS' }],
    ['pool', { pool: 'base' }],
  ])('is not done while the old %s shows', async (_field, fields) => {
    const { context, hooks } = start([{ ...resized, ...fields }]);
    await expect(resizeServer(context, 1, to, hooks)).rejects.toMatchObject({ code: 'task-timeout' });
  });

  test('an answer that names no task is looked up by what it changes', async () => {
    const { context, hooks, told } = start([resized], async () => undefined);
    expect(await resizeServer(context, 1, to, hooks)).toEqual(resized);
    expect(told).toEqual([]);
  });

  test('a lost answer is the caller’s affair', async () => {
    const { context, hooks } = start([resized], () => Promise.reject(new CloudError('answer-lost', 'cut')));
    await expect(resizeServer(context, 1, to, hooks)).rejects.toMatchObject({ code: 'answer-lost' });
  });
});

describe('links', () => {
  const link = { linkId: 1, networkId: 51001, isPrivate: true, isActive: true };
  const start = (...links: readonly ActualServer['links'][]) => {
    const bodies: unknown[] = [];
    const create = async (_id: number, body: unknown): Promise<CloudTask> => {
      bodies.push(body);
      return fakeTask();
    };
    const get = inTurn(...links.map((one) => fakeServer({ links: one })));
    return { bodies, ...fakeContext(fakeClient({ actions: { create }, servers: { get } })) };
  };

  test('linkNetwork ends when the link is active', async () => {
    const { bodies, clock, context, hooks } = start([], [{ ...link, isActive: false }], [link]);
    expect((await linkNetwork(context, 1, 51001, hooks)).links).toEqual([link]);
    expect(bodies).toEqual([{ Type: 'AddNetwork', NetworkID: 51001 }]);
    expect(clock.sleeps).toHaveLength(2);
  });

  test('linkNetwork is not taken in by another network', async () => {
    const { context, hooks } = start([{ ...link, networkId: 274 }]);
    await expect(linkNetwork(context, 1, 51001, hooks)).rejects.toMatchObject({ code: 'task-timeout' });
  });

  test('unlinkNetwork ends when the link is gone', async () => {
    const { bodies, clock, context, hooks } = start([link], [{ ...link, networkId: 274 }]);
    expect((await unlinkNetwork(context, 1, 51001, hooks)).links).toHaveLength(1);
    expect(bodies).toEqual([{ Type: 'RemoveNetwork', NetworkID: 51001 }]);
    expect(clock.sleeps).toHaveLength(1);
  });
});
