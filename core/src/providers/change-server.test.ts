import { describe, expect, test } from 'vitest';
import type { ActualServer, CloudTask } from '#schemas/state/actual.ts';
import { CloudError } from '#core/ports/cloud-provider.ts';
import { fakeClient, fakeServer, fakeTask, inTurn } from '#test/cloud/fake-client.ts';
import { fakeContext } from '#test/cloud/fake-context.ts';
import { linkNetwork, resizeServer, unlinkNetwork } from './change-server.ts';

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
