import { expect, test, vi } from 'vitest';
import { SharedReading } from './shared-reading.ts';

/** A reading whose ends the test decides. */
function openReading() {
  const ends: { readonly resolve: (value: number) => void; readonly reject: (error: Error) => void }[] = [];
  const shared = new SharedReading(() => new Promise<number>((resolve, reject) => ends.push({ resolve, reject })));
  return { shared, ends };
}

test('who asks first gets a reading at once; who asks meanwhile shares the next one, which begins after the call', async () => {
  const { shared, ends } = openReading();
  const first = shared.read();
  const [second, third] = [shared.read(), shared.read()];
  expect(ends).toHaveLength(1);
  ends[0]?.resolve(1);
  expect(await first).toBe(1);
  await vi.waitUntil(() => ends.length === 2);
  ends[1]?.resolve(2);
  expect(await Promise.all([second, third])).toEqual([2, 2]);
  const fourth = shared.read();
  await vi.waitUntil(() => ends.length === 3);
  ends[2]?.resolve(3);
  expect(await fourth).toBe(3);
});

test('a reading that fails is told to those who shared it, and the next one is made all the same', async () => {
  const { shared, ends } = openReading();
  const first = shared.read();
  const second = shared.read();
  ends[0]?.reject(new Error('cut'));
  await expect(first).rejects.toThrow('cut');
  await vi.waitUntil(() => ends.length === 2);
  ends[1]?.resolve(2);
  expect(await second).toBe(2);
});
