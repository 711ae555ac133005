import { describe, expect, test } from 'vitest';
import { t } from '#schemas/text/text.ts';
import { testHistory } from '#test/helpers/history-samples.ts';
import { DashboardModel } from './dashboard-model.ts';

const NOW = 1_000_000;
const server = (name: string) => ({ address: `server.${name}` as const, name, status: '' });
const many = Array.from({ length: 12 }, (_, index) => server(`s${index}`));
const load = (index: number): number => index / 20;
const historyOf = (loadOf: (index: number) => number) =>
  testHistory(
    [NOW - 120, NOW - 60],
    Object.fromEntries(many.map(({ address }, index) => [address, { cpuRatio: [loadOf(index), loadOf(index)] }])),
  );

test('before anything is told nothing is known, and that is not the same as nothing', () => {
  const model = new DashboardModel();
  expect(model.contentsAt({ range: '1h' }, NOW)).toMatchObject({ servers: undefined, isRead: false, charts: [], trouble: '' });
  model.take({ kind: 'servers', servers: [] }, '1h');
  expect(model.contentsAt({ range: '1h' }, NOW).servers).toEqual([]);
});

describe('which servers have lines', () => {
  const open = (): DashboardModel => {
    const model = new DashboardModel();
    model.take({ kind: 'servers', servers: many }, '1h');
    model.take({ kind: 'history', range: '1h', answer: historyOf(load), live: [] }, '1h');
    return model;
  };
  test('the busiest, and they stay while others become busier', () => {
    const model = open();
    const before = model.contentsAt({ range: '1h' }, NOW).chosen;
    expect(before).toEqual(many.slice(4).map(({ address }) => address));
    for (let second = 0; second < 600; second += 5)
      model.take({ kind: 'live', address: 'server.s0', point: { atSeconds: NOW + second, values: { cpuRatio: 1 } }, status: 'busy' }, '1h');
    const after = model.contentsAt({ range: '1h' }, NOW + 600);
    expect(after.chosen).toEqual(before);
    expect(after.servers?.[0]?.status).toBe('busy');
  });
  test('with the next history others may have them', () => {
    const model = open();
    model.contentsAt({ range: '1h' }, NOW);
    model.take({ kind: 'history', range: '1h', answer: historyOf((index) => 1 - load(index)), live: [] }, '1h');
    expect(model.contentsAt({ range: '1h' }, NOW).chosen).toEqual(many.slice(0, 8).map(({ address }) => address));
  });
  test('those the user has chosen, but for those that are gone; nothing is computed of the others', () => {
    const contents = open().contentsAt({ range: '1h', chosen: ['server.s1', 'server.gone'] }, NOW);
    expect(contents.chosen).toEqual(['server.s1']);
    expect([...contents.table.servers.keys()]).toEqual(['server.s1']);
    expect(contents.charts.flatMap(({ lines }) => lines.map(({ address, style }) => [address, style]))).toEqual([['server.s1', 1]]);
  });
  test('for a file all of them count', () => {
    expect(open().tableOf('1h', NOW).servers.size).toBe(many.length);
  });
});

test('a history or a trouble of another range comes too late', () => {
  const model = new DashboardModel();
  model.take({ kind: 'servers', servers: [server('s0')] }, '7d');
  model.take({ kind: 'history', range: '1h', answer: historyOf(load), live: [] }, '7d');
  model.take({ kind: 'trouble', range: '1h', text: 'No.' }, '7d');
  expect(model.contentsAt({ range: '7d' }, NOW)).toMatchObject({ isRead: false, trouble: '' });
  model.take({ kind: 'trouble', range: '7d', text: 'No.' }, '7d');
  expect(model.contentsAt({ range: '7d' }, NOW)).toMatchObject({ isRead: true, trouble: 'No.' });
  model.forgetHistory();
  expect(model.contentsAt({ range: '7d' }, NOW)).toMatchObject({ isRead: false, trouble: '' });
});

test('looks of this window count also where nobody keeps a history', () => {
  const model = new DashboardModel();
  model.take({ kind: 'servers', servers: [server('s0')] }, '5m');
  const points = [{ atSeconds: NOW - 10, values: { cpuRatio: 0.5 } }];
  model.take({ kind: 'history', range: '5m', answer: testHistory([]), live: [{ address: 'server.s0', points }] }, '5m');
  expect(model.contentsAt({ range: '5m' }, NOW).charts.map(({ id }) => id)).toEqual(['cpu']);
});

test('marks of other servers and from before the range are left out', () => {
  const mark = (secondsAgo: number, servers: ('server.s0' | 'server.other')[]) => ({
    at: new Date((NOW - secondsAgo) * 1000).toISOString(),
    kind: 'deploy' as const,
    text: t('Deploy {0}', secondsAgo),
    servers,
  });
  const model = new DashboardModel();
  model.take({ kind: 'servers', servers: [server('s0')] }, '1h');
  const marks = [mark(4000, []), mark(60, ['server.s0']), mark(50, ['server.other'])];
  model.take({ kind: 'history', range: '1h', answer: testHistory([], {}, { marks }), live: [] }, '1h');
  expect(model.contentsAt({ range: '1h' }, NOW).marks.map(({ text }) => text.args)).toEqual([[60]]);
});
