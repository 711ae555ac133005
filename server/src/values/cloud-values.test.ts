import { expect, test } from 'vitest';
import type { CloudReader } from '#core/create-core/create-cloud-reader.ts';
import { sampleCatalog } from '#core/infra/testing/sample-catalog.ts';
import { CloudValues } from './cloud-values.ts';

const nothing = { servers: [], networks: [], keys: [], unreadable: [] };

/** Values over an account whose readings a test ends by itself. */
function createSetup(
  more: { readonly isAllowed?: () => boolean; readonly reader?: Partial<CloudReader>; readonly isSignedOut?: boolean } = {},
) {
  let now = 1_000_000;
  let wallMs = 1_000_000;
  const log: string[] = [];
  const timers: { readonly ms: number; readonly action: () => void }[] = [];
  const reader: CloudReader = {
    readCatalog: () => {
      log.push('catalog');
      return Promise.resolve(sampleCatalog);
    },
    readObjects: () => {
      log.push('objects');
      return Promise.resolve(nothing);
    },
    close: () => log.push('closed'),
    ...more.reader,
  };
  const values = new CloudValues({
    open: (given) => {
      log.push(`open ${given?.token ?? 'environment'}`);
      return Promise.resolve(more.isSignedOut === true ? undefined : reader);
    },
    clock: { now: () => wallMs, elapsed: () => now, sleep: () => Promise.resolve() },
    timers: {
      after: (ms, action) => {
        timers.push({ ms, action });
        return () => undefined;
      },
    },
    isAllowed: more.isAllowed ?? (() => true),
    onChanged: () => log.push('changed'),
    onFailed: (error) => log.push(`failed: ${error instanceof Error ? error.message : String(error)}`),
  });
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  return { values, log, timers, settle, wait: (ms: number) => (now += ms), setWall: (ms: number) => (wallMs += ms) };
}

test('asking gives what is known and has the rest read once, however many ask', async () => {
  const { values, log, settle } = createSetup();
  expect([values.catalog, values.live, values.catalog]).toEqual([undefined, undefined, undefined]);
  await settle();
  expect(log).toEqual(['open environment', 'catalog', 'objects', 'changed']);
  expect(values.catalog).toEqual({ value: sampleCatalog, readAtMs: 1_000_000 });
  expect(values.live).toEqual({ value: nothing, readAtMs: 1_000_000 });
  await settle();
  expect(log).toHaveLength(4);
});

test.each([
  ['goes on', 0],
  ['is set back by an hour', -3_600_000],
  ['is set forwards by an hour', 3_600_000],
])('what exists is read again after a minute, what is offered after ten, when the wall clock %s', async (_, jumpMs) => {
  const { values, log, settle, wait, setWall } = createSetup();
  await values.refresh();
  log.length = 0;
  setWall(jumpMs);
  wait(59_999);
  expect(values.live).toBeDefined();
  await settle();
  expect(log).toEqual([]);
  wait(1);
  expect(values.live).toBeDefined();
  await settle();
  expect(log).toEqual(['objects', 'changed']);
  log.length = 0;
  wait(540_000);
  expect(values.catalog).toBeDefined();
  await settle();
  expect(log).toEqual(['catalog', 'objects', 'changed']);
});

test('after a failure it rests, longer each time, and a wish of the user comes before the rest', async () => {
  const { values, log, settle, wait } = createSetup({ reader: { readCatalog: () => Promise.reject(new Error('down')) } });
  const failures = (): number => log.filter((line) => line === 'failed: down').length;
  for (const [pauseMs, expected] of [
    [0, 1],
    [4999, 1],
    [1, 2],
    [9999, 2],
    [1, 3],
  ] as const) {
    wait(pauseMs);
    expect(values.catalog).toBeUndefined();
    await settle();
    expect(failures()).toBe(expected);
  }
  await values.refresh();
  expect(failures()).toBe(4);
});

test('who is signed out is not asked for long', async () => {
  const { values, log, settle } = createSetup({ isSignedOut: true });
  for (let time = 0; time < 3; time += 1) {
    expect(values.catalog).toBeUndefined();
    await settle();
  }
  expect(log).toEqual(['open environment']);
});

test('a reading that takes too long is given up', async () => {
  const { values, log, timers, settle } = createSetup({
    reader: {
      readCatalog: (signal) => new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error))),
    },
  });
  expect(values.catalog).toBeUndefined();
  await settle();
  expect(timers.map(({ ms }) => ms)).toEqual([20_000]);
  timers[0]?.action();
  await settle();
  expect(log.at(-1)).toBe('failed: reading the account took too long');
});

test('what is read of an account before the user takes another is not shown', async () => {
  let finish = (): void => undefined;
  const { values, log, settle } = createSetup({
    reader: { readCatalog: () => new Promise((resolve) => (finish = () => resolve(sampleCatalog))) },
  });
  expect(values.catalog).toBeUndefined();
  await settle();
  values.setCredentials({ token: 'other' });
  finish();
  await settle();
  expect(values.knownCatalog).toBeUndefined();
  expect(log).not.toContain('changed');
  expect(values.catalog).toBeUndefined();
  await settle();
  expect(log).toContain('open other');
});

test('without permission nothing is read, and what is known is not shown', async () => {
  let isAllowed = true;
  const { values, log, settle } = createSetup({ isAllowed: () => isAllowed });
  await values.refresh();
  isAllowed = false;
  log.length = 0;
  expect([values.catalog, values.live, values.knownCatalog]).toEqual([undefined, undefined, undefined]);
  await values.refresh();
  await settle();
  expect(log).toEqual([]);
});
