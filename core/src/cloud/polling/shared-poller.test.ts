import { describe, expect, test } from 'vitest';
import { CloudError } from '#core/ports/cloud-provider.ts';
import { createScriptedClock } from '#test/cloud/scripted-clock.ts';
import { HOUR_JUMPS, withUnsteadyWall } from '#test/helpers/unsteady-clock.ts';
import { SharedPoller, type SharedPollerOptions } from './shared-poller.ts';
import { done, waitFor } from './verdict.ts';

const { signal } = new AbortController();

/** A cloud with objects that become `Active` at a time each, and are gone at another. */
function start(activeAt: Readonly<Record<number, number>>, overrides: Partial<SharedPollerOptions<string>> = {}) {
  const clock = createScriptedClock(0);
  const calls: string[] = [];
  const stateOf = (id: number): string => ((activeAt[id] ?? 0) <= clock.now() ? 'Active' : 'New');
  const ids = Object.keys(activeAt).map(Number);
  const poller = new SharedPoller<string>({
    clock,
    intervalMs: 1000,
    readOne: async (id) => {
      calls.push(`get ${id}`);
      return ids.includes(id) ? stateOf(id) : undefined;
    },
    readMany: async () => {
      calls.push('list');
      return new Map(ids.map((id) => [id, stateOf(id)]));
    },
    ...overrides,
  });
  const wait = (id: number, timeoutMs = 1_000_000, stop = signal): Promise<string> =>
    poller.wait(
      { id, what: `object ${id}`, timeoutMs, judge: (state) => (state === 'New' ? waitFor(state) : done(state ?? 'gone')) },
      stop,
    );
  return { clock, calls, poller, wait };
}

const many = (count: number, at: (index: number) => number): Record<number, number> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [index + 1, at(index)]));

describe('SharedPoller', () => {
  test.each(HOUR_JUMPS)('keeps each time limit when the wall clock is set by %d ms', async (jumpMs) => {
    const clock = createScriptedClock(0);
    const stateOf = (id: number): string => (id === 1 && clock.elapsed() >= 2000 ? 'Active' : 'New');
    const { wait } = start(
      { 1: 0, 2: 0 },
      {
        clock: withUnsteadyWall(clock, jumpMs),
        readOne: async (id) => stateOf(id),
        readMany: async () => new Map([1, 2].map((id) => [id, stateOf(id)])),
      },
    );
    await Promise.all([
      expect(wait(1, 60_000)).resolves.toBe('Active'),
      expect(wait(2, 5000)).rejects.toMatchObject({ code: 'task-timeout' }),
    ]);
    expect(clock.elapsed()).toBe(5000);
  });

  test('one who waits reads one object', async () => {
    const { calls, wait } = start({ 1: 2000, 2: 0 });
    expect(await wait(1)).toBe('Active');
    expect(calls).toEqual(['get 1', 'get 1', 'get 1']);
  });

  test('two hundred who wait read one list per interval, and no object of their own', async () => {
    const { calls, clock, wait } = start(many(200, () => 10_000));
    const results = await Promise.all(Array.from({ length: 200 }, (_, index) => wait(index + 1)));
    expect(results.every((state) => state === 'Active')).toBe(true);
    expect(new Set(calls)).toEqual(new Set(['list']));
    // 0, 1000, 2200, 3640, 5368, 7442, 9930, then three seconds: eight looks.
    expect(calls).toHaveLength(8);
    expect(clock.now()).toBeLessThan(14_000);
  });

  test('the last one of many reads its object alone', async () => {
    const { calls, wait } = start({ 1: 0, 2: 1000 });
    await Promise.all([wait(1), wait(2)]);
    expect(calls).toEqual(['list', 'get 2']);
  });

  test('several who wait for the same object need no list', async () => {
    const { calls, wait } = start({ 1: 0, 2: 0 });
    expect(await Promise.all([wait(1), wait(1)])).toEqual(['Active', 'Active']);
    expect(calls).toEqual(['get 1']);
  });

  test('who joins in a pause is looked at at once, with the others', async () => {
    const { calls, clock, wait } = start({ 1: 100_000, 2: 300 });
    const first = wait(1);
    await clock.sleep(500);
    expect(await wait(2)).toBe('Active');
    expect(clock.now()).toBe(500);
    expect(calls).toEqual(['get 1', 'list']);
    await first;
  });

  test('who joins during a reading is not answered from it: it may be older than what is waited for', async () => {
    let release = (): void => undefined;
    let looks = 0;
    const { wait } = start(
      {},
      {
        readOne: async () => {
          looks += 1;
          if (looks > 1) return 'new look';
          await new Promise<void>((resolve) => void (release = resolve));
          return 'old look';
        },
      },
    );
    const first = wait(1);
    await Promise.resolve();
    await Promise.resolve();
    const second = wait(1);
    release();
    expect(await Promise.all([first, second])).toEqual(['old look', 'new look']);
  });

  test('a list that lacks an object proves nothing: it is asked for by its id', async () => {
    const { calls, wait } = start({ 1: 0, 2: 0 }, { readMany: async () => new Map() });
    expect(await Promise.all([wait(1), wait(2), wait(3)])).toEqual(['Active', 'Active', 'gone']);
    expect(calls).toEqual(['get 1', 'get 2', 'get 3']);
  });

  test('each has its own time limit, and the others go on', async () => {
    const { wait } = start({ 1: 5000, 2: 5000 });
    const [short, long] = await Promise.allSettled([wait(1, 1500), wait(2)]);
    expect(short).toMatchObject({ status: 'rejected', reason: { code: 'task-timeout', message: 'object 1: still "New" after 1500 ms' } });
    expect(long).toEqual({ status: 'fulfilled', value: 'Active' });
  });

  test('each can give up, at once and alone', async () => {
    const { clock, wait } = start({ 1: 5000, 2: 5000 });
    const stop = new AbortController();
    const given = wait(1, 1_000_000, stop.signal);
    const other = wait(2);
    await clock.sleep(100);
    stop.abort();
    await expect(given).rejects.toMatchObject({ code: 'aborted', message: expect.stringContaining('object 1') });
    expect(clock.now()).toBe(100);
    expect(await other).toBe('Active');
  });

  test('when the last one gives up, the reading ends and nobody polls any more', async () => {
    let reading: AbortSignal | undefined;
    const stop = new AbortController();
    const { clock, poller, wait } = start(
      {},
      {
        readOne: (_id, readingSignal) => {
          reading = readingSignal;
          return new Promise((_, reject) => {
            readingSignal.addEventListener('abort', () => reject(new CloudError('aborted', 'cancelled')), { once: true });
          });
        },
      },
    );
    const given = wait(1, 1_000_000, stop.signal);
    await clock.sleep(1);
    stop.abort();
    await expect(given).rejects.toMatchObject({ code: 'aborted' });
    expect(reading?.aborted).toBe(true);
    expect(poller.isIdle).toBe(true);
    await clock.sleep(10_000);
    expect(clock.sleeps).toEqual([1, 10_000]);
  });

  test('who is cancelled from the beginning starts nothing', async () => {
    const { calls, wait } = start({ 1: 0 });
    await expect(wait(1, 1000, AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' });
    expect(calls).toEqual([]);
  });

  test('works again after everybody has left', async () => {
    const { calls, wait } = start({ 1: 0 });
    await wait(1);
    await wait(1);
    expect(calls).toEqual(['get 1', 'get 1']);
  });

  test('a judge that throws ends its own wait', async () => {
    const { poller, wait } = start({ 1: 0, 2: 0 });
    const judge = () => {
      throw new CloudError('need-money', 'no money');
    };
    const [bad, good] = await Promise.allSettled([poller.wait({ id: 1, what: 'object 1', timeoutMs: 1000, judge }, signal), wait(2)]);
    expect(bad).toMatchObject({ status: 'rejected', reason: { code: 'need-money' } });
    expect(good.status).toBe('fulfilled');
  });

  test('lists that fail in passing are forgiven, but not for ever', async () => {
    let failures = 2;
    const { wait } = start(
      {},
      {
        readMany: async () => {
          failures -= 1;
          if (failures >= 0) throw new CloudError('server-error', 'busy');
          return new Map([1, 2].map((id) => [id, 'Active']));
        },
      },
    );
    expect(await Promise.all([wait(1), wait(2)])).toEqual(['Active', 'Active']);
    failures = 100;
    const results = await Promise.allSettled([wait(1), wait(2)]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  });

  test('a failure that will not pass ends every wait at once', async () => {
    const { clock, wait } = start({}, { readMany: () => Promise.reject(new CloudError('unauthorized', 'denied')) });
    const results = await Promise.allSettled([wait(1), wait(2)]);
    expect(results).toMatchObject([{ reason: { code: 'unauthorized' } }, { reason: { code: 'unauthorized' } }]);
    expect(clock.now()).toBe(0);
  });

  test('one object that cannot be read does not end the wait for the others', async () => {
    const readOne = (id: number): Promise<string> =>
      id === 1 ? Promise.reject(new CloudError('forbidden', 'denied')) : Promise.resolve('Active');
    const { wait } = start({}, { readOne, readMany: async () => new Map() });
    const results = await Promise.allSettled([wait(1), wait(2)]);
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
  });
});
