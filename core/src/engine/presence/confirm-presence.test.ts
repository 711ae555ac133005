import { describe, expect, test } from 'vitest';
import { createFakeCloud } from '#test/helpers/fake-cloud.ts';
import { actualKey, actualNetwork, actualServer, actualState } from '#test/helpers/samples.ts';
import { CloudError, type CloudErrorCode, type CloudProvider } from '../../ports/cloud-provider.ts';
import { confirmPresence } from './confirm-presence.ts';
import { judgePresence } from './presence.ts';

const { signal } = new AbortController();
const recorded = [{ kind: 'server', id: 1 } as const];

const confirm = async (
  cloud: Partial<Pick<CloudProvider, 'readServer' | 'readNetwork' | 'readKey' | 'listServers' | 'listNetworks' | 'listKeys'>>,
  read = actualState(),
  objects: Parameters<typeof confirmPresence>[1] = recorded,
  isYoung?: Parameters<typeof confirmPresence>[4],
) => {
  const fake = createFakeCloud(cloud);
  const result = await confirmPresence(fake.cloud, objects, read, signal, isYoung);
  return { ...result, calls: fake.calls, verdicts: objects.map((object) => judgePresence(result.presence, object).kind) };
};
const missing = () => Promise.resolve(undefined);
const failing = (code: CloudErrorCode) => () => Promise.reject(new CloudError(code, 'no'));

describe('a recorded server', () => {
  test('that is listed costs no further request', async () => {
    const { verdicts, calls } = await confirm({}, actualState({ servers: [actualServer(1, 'a')] }));
    expect([verdicts, calls]).toEqual([['present'], []]);
  });

  test('left out of one list is there: it is asked for by its id, and its list proves nothing more', async () => {
    const { verdicts, actual, presence } = await confirm({ readServer: (id) => Promise.resolve(actualServer(id, 'a')) });
    expect(verdicts).toEqual(['present']);
    expect(actual.servers.map(({ id }) => id)).toEqual([1]);
    expect([...presence.incomplete]).toEqual(['server']);
  });

  test('is gone when neither its id nor the list, read after each other, finds it', async () => {
    const { verdicts, calls } = await confirm({ readServer: missing });
    expect(verdicts).toEqual(['gone']);
    expect(calls).toEqual(['readServer 1', 'listServers']);
  });

  test('that was ordered a moment ago and that nothing shows yet is unknown, not gone', async () => {
    const { verdicts, presence } = await confirm({ readServer: missing }, actualState(), recorded, () => true);
    expect([verdicts, presence.unknown.get('server:1')]).toEqual([['unknown'], { kind: 'not-shown-yet' }]);
  });

  test('that the second list shows is there', async () => {
    const { verdicts } = await confirm({
      readServer: missing,
      listServers: () => Promise.resolve({ items: [actualServer(1, 'a')], unreadable: [] }),
    });
    expect(verdicts).toEqual(['present']);
  });

  test.each<CloudErrorCode>(['server-error', 'invalid-request', 'invalid-answer', 'network', 'timeout', 'rate-limited', 'not-found'])(
    'is unknown when asking for it fails with %s',
    async (code) => expect((await confirm({ readServer: failing(code) })).verdicts).toEqual([code === 'not-found' ? 'gone' : 'unknown']),
  );

  test.each<CloudErrorCode>(['unauthorized', 'forbidden', 'aborted'])('whose provider answers %s ends the reading', async (code) => {
    await expect(confirm({ readServer: failing(code) })).rejects.toMatchObject({ code });
  });

  test('whose row cannot be read exists, and is not asked for', async () => {
    const { verdicts, calls } = await confirm({}, actualState({ unreadable: [{ kind: 'server', id: 1 }] }));
    expect([verdicts, calls]).toEqual([['unknown'], []]);
  });

  test('whose row cannot be read in the second list exists', async () => {
    const { verdicts } = await confirm({
      readServer: missing,
      listServers: () => Promise.resolve({ items: [], unreadable: [{ kind: 'server', id: 1 }] }),
    });
    expect(verdicts).toEqual(['unknown']);
  });

  test.each([
    ['in the list', {}, actualState({ servers: [actualServer(1, 'a', { state: 'deleted' })] })],
    ['by its id', { readServer: (id: number) => Promise.resolve(actualServer(id, 'a', { state: 'deleted' })) }, actualState()],
  ])('that says %s that it is deleted is gone, and nobody’s', async (_reason, cloud, read) => {
    const { verdicts, actual } = await confirm(cloud, read);
    expect([verdicts, actual.servers]).toEqual([['gone'], []]);
  });
});

test('networks and keys are asked for in the same way', async () => {
  const objects = [
    { kind: 'network', id: 2 },
    { kind: 'key', id: 3 },
  ] as const;
  const { verdicts } = await confirm(
    { readNetwork: missing, readKey: (id) => Promise.resolve(actualKey(id, 'k')) },
    actualState(),
    objects,
  );
  expect(verdicts).toEqual(['gone', 'present']);
});

test('a row without an id makes its list incomplete', async () => {
  const { presence } = await confirm(
    {},
    actualState({ servers: [actualServer(1, 'a')], networks: [actualNetwork(2, 'n')], unreadable: [{ kind: 'server' }] }),
  );
  expect([...presence.incomplete]).toEqual(['server']);
});

test('what was not looked for is unknown, never gone', () => {
  const presence = {
    present: { server: new Set<number>(), network: new Set<number>(), key: new Set<number>() },
    gone: new Set<never>(),
    unknown: new Map(),
    incomplete: new Set<never>(),
  };
  expect(judgePresence(presence, { kind: 'server', id: 9 }).kind).toBe('unknown');
});
