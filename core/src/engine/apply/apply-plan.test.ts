import { describe, expect, test } from 'vitest';
import type { JournalEntry } from '#schemas/journal/journal-entry.ts';
import type { OperationEvent } from '#schemas/events/operation-event.ts';
import { createFakeCloud } from '#test/helpers/fake-cloud.ts';
import {
  actualServer,
  actualState,
  desiredKey,
  desiredNetwork,
  desiredServer,
  desiredState,
  ledgerOf,
  planInput,
  serverEntry,
} from '#test/helpers/samples.ts';
import type { ActualServer } from '#schemas/state/actual.ts';
import type { Clock } from '../../ports/clock.ts';
import { CloudError, type CloudProvider } from '../../ports/cloud-provider.ts';
import type { DesiredState } from '../../infra/desired-state.ts';
import { buildPlan } from '../plan/build-plan.ts';
import { replayJournal } from '../recover/replay-journal.ts';
import { applyPlan } from './apply-plan.ts';

interface Setup {
  readonly desired: Partial<DesiredState>;
  readonly actual?: Parameters<typeof actualState>[0];
  readonly ledger?: ReturnType<typeof ledgerOf>;
  readonly cloud?: Parameters<typeof createFakeCloud>[0];
  readonly concurrency?: number;
  readonly stop?: AbortController;
  readonly abort?: AbortController;
  readonly onEvent?: (kind: OperationEvent['kind']) => void;
}

async function apply(setup: Setup) {
  const { cloud, calls } = createFakeCloud(setup.cloud);
  const actual = actualState(setup.actual);
  const ledger = setup.ledger ?? ledgerOf();
  const plan = buildPlan(
    planInput({ desired: desiredState({ maxDeletes: 9, ...setup.desired }), actual, ledger, policy: { allowReplace: ['a', 'b'] } }),
  );
  const entries: JournalEntry[] = [];
  const events: string[] = [];
  const journal = { run: 'r1', append: (entry: JournalEntry) => Promise.resolve(void entries.push(entry)), close: () => Promise.resolve() };
  const emit = (event: { kind: OperationEvent['kind']; step?: string }): void => {
    events.push(`${event.kind} ${event.step ?? ''}`);
    setup.onEvent?.(event.kind);
  };
  const result = await applyPlan(
    { cloud, journal, emit, clock: createTestClock() },
    { plan, ledger, actual, command: 'ict apply', concurrency: setup.concurrency ?? 4, lookupPauseMs: 1, lookupMs: 10 },
    { stop: (setup.stop ?? new AbortController()).signal, abort: (setup.abort ?? new AbortController()).signal },
  );
  const replayed = replayJournal(ledger, entries);
  expect(replayed.ledger.entries).toEqual(result.ledger.entries);
  return { result, calls, entries, events, replayed };
}

/** A clock that only sleeping moves. */
const createTestClock = (): Clock => {
  let nowMs = 0;
  return { now: () => nowMs, elapsed: () => nowMs, sleep: (ms) => Promise.resolve(void (nowMs += ms)) };
};

/** What the account shows, reading by reading; the last one stays. */
const readings = (...lists: readonly (readonly ActualServer[])[]): CloudProvider['listServers'] => {
  let reading = 0;
  return () => Promise.resolve({ items: lists[Math.min(reading++, lists.length - 1)] ?? [], unreadable: [] });
};

const lost = (): Promise<never> => Promise.reject(new CloudError('answer-lost', 'no answer'));
const firstLost = <Args extends readonly unknown[], T>(then: (...args: Args) => Promise<T>): ((...args: Args) => Promise<T>) => {
  let calls = 0;
  return (...args) => (++calls === 1 ? lost() : then(...args));
};

describe('order', () => {
  test('each step comes after what it needs; deletions come last', async () => {
    const { calls, result } = await apply({
      desired: {
        keys: [desiredKey('k')],
        networks: [desiredNetwork('n')],
        servers: [desiredServer('a', { networks: ['network.n'] }, { writeOnly: { imageId: 1, backupPeriod: 0, sshKeys: ['key.k'] } })],
      },
      actual: { servers: [actualServer(1, 'old')] },
      ledger: ledgerOf(serverEntry(1, 'old')),
      cloud: { linkNetwork: (id) => Promise.resolve(actualServer(id, 'a')) },
    });
    const at = (call: string): number => calls.findIndex((item) => item.startsWith(call));
    expect(at('createServer a')).toBeGreaterThan(at('createKey'));
    expect(at('linkNetwork')).toBeGreaterThan(at('awaitServer'));
    expect(at('linkNetwork')).toBeGreaterThan(at('awaitNetwork'));
    expect(at('deleteServer 1')).toBeGreaterThan(at('linkNetwork'));
    expect(result).toMatchObject({ failed: [], skipped: [] });
  });

  test('a replacement deletes before it creates', async () => {
    const { calls } = await apply({
      desired: { servers: [desiredServer('a', { dc: 'DsMsk' })] },
      actual: { servers: [actualServer(1, 'a')] },
      ledger: ledgerOf(serverEntry(1, 'a')),
    });
    expect(calls.filter((call) => !call.startsWith('list'))).toEqual(['deleteServer 1', 'createServer a', 'awaitServer 100']);
  });

  test('no more writes are in flight than allowed, and waiting holds no place', async () => {
    let [inFlight, most, waiting] = [0, 0, 0];
    let releaseAll = (): void => undefined;
    const gate = new Promise<void>((resolve) => (releaseAll = resolve));
    let id = 0;
    const createServer: CloudProvider['createServer'] = async () => {
      most = Math.max(most, ++inFlight);
      // Long enough for the other writes that may run beside it.
      for (let turn = 0; turn < 50; turn++) await Promise.resolve();
      inFlight--;
      return { id: ++id };
    };
    const awaitServer: CloudProvider['awaitServer'] = async (serverId) => {
      if (++waiting === 6) releaseAll();
      await gate;
      return actualServer(serverId, 's');
    };
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const { result } = await apply({
      desired: { servers: names.map((name) => desiredServer(name)) },
      concurrency: 2,
      cloud: { createServer, awaitServer },
    });
    expect(most).toBe(2);
    expect(result.succeeded).toHaveLength(6);
  });
});

describe('failures', () => {
  test('stop only what needs the failed step', async () => {
    const { result } = await apply({
      desired: { servers: [desiredServer('a', { power: 'off' }), desiredServer('b')] },
      cloud: {
        createServer: (spec) => (spec.name === 'a' ? Promise.reject(new CloudError('invalid-request', 'no')) : Promise.resolve({ id: 7 })),
      },
    });
    expect(result).toMatchObject({
      succeeded: ['server.b/create-server'],
      failed: ['server.a/create-server'],
      skipped: ['server.a/power-server'],
      isUnsettled: false,
    });
    expect(Object.keys(result.ledger.entries)).toEqual(['server.b']);
  });

  test('while waiting for a created server leave it recorded as ours', async () => {
    const { result } = await apply({
      desired: { servers: [desiredServer('a')] },
      cloud: { awaitServer: () => Promise.reject(new CloudError('task-timeout', 'slow')) },
    });
    expect(result.failed).toEqual(['server.a/create-server']);
    expect(result.ledger.entries['server.a']).toMatchObject({ id: 100, origin: 'created' });
  });

  test('that are bugs are told as such and do not stop the rest', async () => {
    const { result, entries } = await apply({
      desired: { servers: [desiredServer('a'), desiredServer('b')] },
      cloud: { createServer: (spec) => (spec.name === 'a' ? Promise.reject(new TypeError('oops')) : Promise.resolve({ id: 7 })) },
    });
    expect(result.succeeded).toEqual(['server.b/create-server']);
    expect(entries).toContainEqual(expect.objectContaining({ kind: 'failure', code: 'unexpected', message: 'oops' }));
  });
});

describe('a lost answer', () => {
  test('to a create is looked up by name, and the server that was there before is not taken', async () => {
    const before = [actualServer(1, 'a', { state: 'deleting' }), actualServer(8, 'b')];
    const { calls, result } = await apply({
      desired: { servers: [desiredServer('a')] },
      actual: { servers: before },
      cloud: { createServer: lost, listServers: readings(before, [...before, actualServer(9, 'a')]) },
    });
    expect(calls.filter((call) => call.startsWith('createServer'))).toHaveLength(1);
    expect(result.ledger.entries['server.a']?.id).toBe(9);
    expect(result.ledger.unsettled).toBeUndefined();
  });

  test.each([
    ['in another case', 'A'],
    ['with blanks around it', ' a '],
  ])('to a create is found where the provider stored the name %s', async (_reason, name) => {
    const { result } = await apply({
      desired: { servers: [desiredServer('a')] },
      cloud: { createServer: lost, listServers: readings([], [actualServer(9, name)]) },
    });
    expect(result.ledger.entries['server.a']).toMatchObject({ id: 9, name });
  });

  test('to a create that shows late is waited for', async () => {
    const { calls, result } = await apply({
      desired: { servers: [desiredServer('a')] },
      cloud: { createServer: lost, listServers: readings([], [], [], [], [actualServer(9, 'a')]) },
    });
    expect(calls.filter((call) => call.startsWith('createServer'))).toHaveLength(1);
    expect(result.ledger.entries['server.a']?.id).toBe(9);
  });

  test('to a create is never sent again in the same run: what became of it is left for the next', async () => {
    const { calls, result, replayed } = await apply({ desired: { servers: [desiredServer('a')] }, cloud: { createServer: lost } });
    expect(calls.filter((call) => call.startsWith('createServer'))).toHaveLength(1);
    expect(result).toMatchObject({ failed: ['server.a/create-server'], isUnsettled: false });
    expect(result.ledger.entries).toEqual({});
    expect(result.ledger.unsettled).toMatchObject([{ run: 'r1', step: { id: 'server.a/create-server' }, knownIds: [] }]);
    expect(replayed.unsettled).toEqual(result.ledger.unsettled);
  });

  test('to a create that was refused for certain leaves nothing open', async () => {
    const refused = () => Promise.reject(new CloudError('invalid-request', 'no'));
    const { result, replayed } = await apply({ desired: { servers: [desiredServer('a')] }, cloud: { createServer: refused } });
    expect([result.ledger.unsettled, replayed.unsettled]).toEqual([undefined, []]);
  });

  test('with a new server of the same hardware under another name is no proof', async () => {
    const { result } = await apply({
      desired: { servers: [desiredServer('a')] },
      cloud: { createServer: lost, listServers: readings([], [actualServer(9, 'a_1')]) },
    });
    expect(result.ledger.entries).toEqual({});
    expect(result.ledger.unsettled).toHaveLength(1);
  });

  test('with two new objects of the name stops the run, names both, and stays open for the next run', async () => {
    const { entries, result } = await apply({
      desired: { servers: [desiredServer('a')] },
      cloud: { createServer: lost, listServers: readings([], [actualServer(8, 'a'), actualServer(9, 'a')]) },
    });
    expect(entries).toContainEqual(
      expect.objectContaining({ kind: 'failure', code: 'answer-lost', message: expect.stringContaining('8, 9') as unknown }),
    );
    expect(result.failed).toEqual(['server.a/create-server']);
    expect(result.ledger.unsettled).toMatchObject([{ step: { id: 'server.a/create-server' } }]);
  });

  test('to a resize that was carried out is not sent again', async () => {
    let isDone = false;
    const { calls, result } = await apply({
      desired: { servers: [desiredServer('a', { cpu: 2 })] },
      actual: { servers: [actualServer(1, 'a')] },
      ledger: ledgerOf(serverEntry(1, 'a')),
      cloud: {
        readServer: () => Promise.resolve(actualServer(1, 'a', { cpu: isDone ? 2 : 1 })),
        resizeServer: () => {
          isDone = true;
          return lost();
        },
      },
    });
    expect(calls.filter((call) => call.startsWith('resizeServer'))).toHaveLength(1);
    expect(result.ledger.entries['server.a']).toMatchObject({ values: { cpu: 2 } });
  });

  test('to a deletion is sent again', async () => {
    const { calls, result } = await apply({
      desired: {},
      actual: { servers: [actualServer(1, 'a')] },
      ledger: ledgerOf(serverEntry(1, 'a')),
      cloud: { deleteServer: firstLost(() => Promise.resolve('gone' as const)) },
    });
    expect(calls).toEqual(['deleteServer 1', 'deleteServer 1']);
    expect(result.ledger.entries).toEqual({});
  });
});

describe('somebody else at work with the same names', () => {
  const twin = actualServer(50, 'a');

  test('a server of the name that appeared since the plan is not doubled: nothing more is started', async () => {
    const { calls, result, entries } = await apply({
      desired: { servers: [desiredServer('a'), desiredServer('b')] },
      concurrency: 1,
      cloud: { listServers: readings([twin]) },
    });
    expect(calls.filter((call) => call.startsWith('createServer'))).toEqual([]);
    expect(entries).toContainEqual(expect.objectContaining({ kind: 'failure', code: 'twin' }));
    expect(result).toMatchObject({ succeeded: [], failed: ['server.a/create-server'], skipped: ['server.b/create-server'] });
  });

  test('a twin that shows right after the create stops the run, and what was made stays recorded', async () => {
    const { result, entries } = await apply({
      desired: { servers: [desiredServer('a'), desiredServer('b')] },
      concurrency: 1,
      cloud: { listServers: readings([], [twin, actualServer(100, 'a')]) },
    });
    expect(entries).toContainEqual(expect.objectContaining({ kind: 'failure', code: 'twin', message: 'a exists more than once: 100, 50' }));
    expect(result.ledger.entries['server.a']).toMatchObject({ id: 100, origin: 'created' });
    expect(result.skipped).toEqual(['server.b/create-server']);
  });

  test('a list that does not show what was made is read again, and then told: it proves that there is no twin no more', async () => {
    const { calls, events, result } = await apply({ desired: { servers: [desiredServer('a')] }, cloud: { listServers: readings([]) } });
    expect(calls.filter((call) => call === 'listServers').length).toBeGreaterThan(3);
    expect([events.filter((event) => event.startsWith('message')).length, result.failed]).toEqual([1, []]);
  });

  test('a twin that a lagging list shows only when it shows our own makes the run incomplete', async () => {
    const both = [actualServer(50, 'a'), actualServer(100, 'a')];
    const { result } = await apply({
      desired: { servers: [desiredServer('a')] },
      cloud: { listServers: readings([], [], [], [], both) },
    });
    expect(result.failed).toEqual(['server.a/create-server']);
  });

  test('what was accepted and never read is recorded as unseen, and as seen once its step has succeeded', async () => {
    const failing = (): Promise<never> => Promise.reject(new CloudError('vanished', 'not there'));
    const run = (cloud: Setup['cloud'] = {}) => apply({ desired: { servers: [desiredServer('a')] }, cloud });
    expect((await run({ awaitServer: failing })).result.ledger.entries['server.a']).toMatchObject({
      id: 100,
      unseen: { at: expect.any(String) },
    });
    expect((await run()).result.ledger.entries['server.a']).not.toHaveProperty('unseen');
  });

  test('a twin that shows only at the end makes the run incomplete', async () => {
    const own = actualServer(100, 'a');
    const { result, events } = await apply({
      desired: { servers: [desiredServer('a')] },
      cloud: { listServers: readings([], [own], [own, twin]) },
    });
    expect(result).toMatchObject({ succeeded: [], failed: ['server.a/create-server'] });
    expect(events).toContain('message ');
  });

  test('one that is being deleted, or of another name, is none', async () => {
    const others = [actualServer(50, 'a', { state: 'deleting' }), actualServer(51, 'aa')];
    const { result } = await apply({
      desired: { servers: [desiredServer('a')] },
      actual: { servers: others },
      cloud: { listServers: readings(others) },
    });
    expect(result.failed).toEqual([]);
  });
});

test('a server that stays in deletion keeps its record', async () => {
  const { result } = await apply({
    desired: {},
    actual: { servers: [actualServer(1, 'a')] },
    ledger: ledgerOf(serverEntry(1, 'a')),
    cloud: { deleteServer: () => Promise.resolve('deleting' as const) },
  });
  expect(result.succeeded).toEqual(['server.a/delete-server']);
  expect(result.ledger.entries['server.a']?.id).toBe(1);
});

describe('a change that is already true', () => {
  test.each([
    ['resize', desiredServer('a', { cpu: 2 }), actualServer(1, 'a', { cpu: 2 })],
    ['power', desiredServer('a', { power: 'off' }), actualServer(1, 'a', { isPowerOn: false })],
  ] as const)('%s is not sent', async (_kind, desired, now) => {
    const { calls, result, entries } = await apply({
      desired: { servers: [desired] },
      actual: { servers: [actualServer(1, 'a')] },
      ledger: ledgerOf(serverEntry(1, 'a')),
      cloud: { readServer: () => Promise.resolve(now) },
    });
    expect(calls).toEqual(['awaitIdle 1', 'readServer 1']);
    expect(entries.some((entry) => entry.kind === 'begin')).toBe(false);
    expect(result.succeeded).toHaveLength(1);
  });
});

describe('interrupts', () => {
  test('stop: nothing new starts, what runs finishes', async () => {
    const stop = new AbortController();
    const { result, events } = await apply({
      desired: { servers: ['a', 'b', 'c'].map((name) => desiredServer(name)) },
      concurrency: 1,
      stop,
      onEvent: (kind) => {
        if (kind === 'step-started') stop.abort();
      },
    });
    expect(result).toMatchObject({ succeeded: ['server.a/create-server'], failed: [], isInterrupted: true, isUnsettled: false });
    expect(result.skipped).toHaveLength(2);
    expect(events.filter((event) => event.startsWith('step-skipped'))).toHaveLength(2);
  });

  test('abort: a step that was left is open in the journal', async () => {
    const abort = new AbortController();
    const { result, replayed } = await apply({
      desired: { servers: [desiredServer('a')] },
      abort,
      cloud: {
        awaitServer: () => {
          abort.abort();
          return Promise.reject(new CloudError('aborted', 'left'));
        },
      },
    });
    expect(result).toMatchObject({ failed: ['server.a/create-server'], isInterrupted: true, isUnsettled: true });
    expect(replayed.pending).toHaveLength(1);
  });
});
