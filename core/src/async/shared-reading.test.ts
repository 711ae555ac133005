import { expect, test, vi } from 'vitest';
import { SharedReading } from './shared-reading.ts';

interface OpenReading {
  readonly resolve: (value: number) => void;
  readonly reject: (error: Error) => void;
  readonly signal: AbortSignal;
}

/** Readings whose ends the test decides. */
function openReadings() {
  const readings: OpenReading[] = [];
  const shared = new SharedReading((signal) => new Promise<number>((resolve, reject) => readings.push({ resolve, reject, signal })));
  const begun = (count: number) => vi.waitUntil(() => readings.length === count);
  return { shared, readings, begun };
}

test('who asks first gets a reading; who asks meanwhile shares the next one, which begins after the call', async () => {
  const { shared, readings, begun } = openReadings();
  const first = shared.read();
  await begun(1);
  const [second, third] = [shared.read(), shared.read()];
  readings[0]?.resolve(1);
  expect(await first).toBe(1);
  await begun(2);
  const fourth = shared.read();
  readings[1]?.resolve(2);
  expect(await Promise.all([second, third])).toEqual([2, 2]);
  await begun(3);
  readings[2]?.resolve(3);
  expect(await fourth).toBe(3);
});

test('a reading that fails is told to those who shared it, and the next one is made all the same', async () => {
  const { shared, readings, begun } = openReadings();
  const first = shared.read();
  await begun(1);
  const second = shared.read();
  readings[0]?.reject(new Error('cut'));
  await expect(first).rejects.toThrow('cut');
  await begun(2);
  readings[1]?.resolve(2);
  expect(await second).toBe(2);
});

test('who is called off leaves at once, and the reading goes on for the others', async () => {
  const { shared, readings, begun } = openReadings();
  const stop = new AbortController();
  const [mine, other] = [shared.read(stop.signal), shared.read()];
  await begun(1);
  stop.abort(new Error('stopped'));
  await expect(mine).rejects.toThrow('stopped');
  expect(readings[0]?.signal.aborted).toBe(false);
  readings[0]?.resolve(1);
  expect(await other).toBe(1);
});

test('a reading that nobody waits for any more is ended', async () => {
  const { shared, readings, begun } = openReadings();
  const stop = new AbortController();
  const mine = shared.read(stop.signal);
  await begun(1);
  stop.abort(new Error('stopped'));
  await expect(mine).rejects.toThrow('stopped');
  expect(readings[0]?.signal.aborted).toBe(true);
});

test('who was called off before reads nothing', async () => {
  const { shared, readings } = openReadings();
  await expect(shared.read(AbortSignal.abort(new Error('before')))).rejects.toThrow('before');
  expect(readings).toEqual([]);
});
