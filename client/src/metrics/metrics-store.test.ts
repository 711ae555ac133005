import { expect, test } from 'vitest';
import { testLook } from '#test/helpers/metrics-samples.ts';
import { type MetricsChange, MetricsStore, MOST_LOOKS } from './metrics-store.ts';

const at = (second: number): string => new Date(second * 1000).toISOString();

test('a look tells of its server and of no other', () => {
  const store = new MetricsStore();
  const changes: MetricsChange[] = [];
  store.onDidChange((change) => changes.push(change));
  store.take('/a', testLook('web', { at: at(1) }));
  store.take('/b', testLook('db', { at: at(2) }));
  expect(changes).toEqual([
    { file: '/a', address: 'server.web' },
    { file: '/b', address: 'server.db' },
  ]);
  expect(store.of('/a', 'server.db')).toBeUndefined();
});

test('the last looks are kept, and no more', () => {
  const store = new MetricsStore();
  for (let second = 0; second < MOST_LOOKS + 10; second += 1) store.take('/a', testLook('web', { at: at(second) }));
  const looks = store.of('/a', 'server.web')?.looks.map(({ atSeconds }) => atSeconds);
  expect(looks).toHaveLength(MOST_LOOKS);
  expect(looks?.at(0)).toBe(10);
  expect(looks?.at(-1)).toBe(MOST_LOOKS + 9);
});

test('servers and files that are gone are forgotten', () => {
  const store = new MetricsStore();
  for (const name of ['web', 'db']) store.take('/a', testLook(name, { at: at(1) }));
  store.keepOnly('/a', ['server.db', 'server.new']);
  expect([store.of('/a', 'server.web'), store.of('/a', 'server.db')?.wasLive]).toEqual([undefined, true]);
  store.forget('/a');
  expect(store.of('/a', 'server.db')).toBeUndefined();
  store.keepOnly('/nothing', []);
});
