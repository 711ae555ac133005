import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Address } from '#schemas/infra/names.ts';
import type { MetricPoint } from '#schemas/protocol/dashboard.ts';
import { testHistory } from '#test/helpers/history-samples.ts';
import {
  buildFigureTable,
  type FigureTable,
  findBeginning,
  findLoneRows,
  rangeSeconds,
  summarizeColumn,
  thinTable,
} from './figure-table.ts';

const NOW = 100_000;
const WEB = 'server.web';
const DB = 'server.db';

const look = (atSeconds: number, cpuRatio?: number): MetricPoint => ({
  atSeconds,
  values: cpuRatio === undefined ? { upRatio: 0 } : { cpuRatio, upRatio: 1 },
});

const build = (
  history: Parameters<typeof buildFigureTable>[0]['history'],
  live: Readonly<Record<Address, readonly MetricPoint[]>> = {},
): FigureTable =>
  buildFigureTable({ range: '1h', nowSeconds: NOW, history, live: new Map(Object.entries(live) as [Address, readonly MetricPoint[]][]) });

const cpu = (table: FigureTable, address: Address) => table.atSeconds.map((at, row) => [at, table.servers.get(address)?.cpuRatio?.[row]]);

describe('a clock that was set back', () => {
  test('hides nothing that comes in: steps of the future are left out', () => {
    const table = build(testHistory([NOW - 120, NOW + 3000, NOW + 3600], { [WEB]: { cpuRatio: [0.1, 0.2, 0.3] } }), {
      [WEB]: [look(NOW + 3660, 0.9), look(NOW - 10, 0.4), look(NOW - 5, 0.5)],
    });
    const values = cpu(table, WEB).filter(([, value]) => typeof value === 'number');
    expect(values).toEqual([
      [NOW - 120, 0.1],
      [NOW - 10, 0.4],
      [NOW - 5, 0.5],
    ]);
  });
});

describe('rows', () => {
  test('of the history, from the beginning of the range to its last value', () => {
    const table = build(testHistory([NOW - 4000, NOW - 120, NOW - 60, NOW], { [WEB]: { cpuRatio: [0.1, 0.2, null, null] } }));
    expect(cpu(table, WEB)).toEqual([[NOW - 120, 0.2]]);
  });

  test('of what was heard since, after the last step of the history', () => {
    const table = build(testHistory([NOW - 120], { [WEB]: { cpuRatio: [0.2] } }), {
      // The first is in the last step already.
      [WEB]: [look(NOW - 70, 0.5), look(NOW - 55, 0.6), look(NOW - 50, 0.7)],
    });
    expect(cpu(table, WEB)).toEqual([
      [NOW - 120, 0.2],
      [NOW - 55, 0.6],
      [NOW - 50, 0.7],
    ]);
  });

  test('of several servers that are looked at at different moments are shared, and no gap comes of it', () => {
    const table = build(undefined, {
      [WEB]: [look(NOW - 20.9, 0.1), look(NOW - 15.8, 0.2), look(NOW - 10.1, 0.3)],
      [DB]: [look(NOW - 19, 0.4), look(NOW - 9, 0.6)],
    });
    expect(table.atSeconds).toEqual([NOW - 25, NOW - 20, NOW - 15, NOW - 10]);
    expect(cpu(table, WEB).map(([, value]) => value)).toEqual([0.1, 0.2, 0.3, 0.3]);
    expect(cpu(table, DB).map(([, value]) => value)).toEqual([null, 0.4, 0.4, 0.6]);
  });

  test('a long silence is a gap', () => {
    const table = build(undefined, { [WEB]: [look(NOW - 100, 0.1), look(NOW - 50, 0.2)] });
    expect(cpu(table, WEB)).toEqual([
      [NOW - 100, 0.1],
      [NOW - 85, null],
      [NOW - 50, 0.2],
    ]);
  });

  test('one that does not answer has no figures from then on', () => {
    const table = build(undefined, { [WEB]: [look(NOW - 15, 0.1), look(NOW - 10), look(NOW - 5)] });
    expect(cpu(table, WEB).map(([, value]) => value)).toEqual([0.1, null, null]);
    expect(table.servers.get(WEB)?.upRatio).toEqual([1, 0, 0]);
  });

  test('nothing known is an empty table', () => {
    expect(build(undefined)).toEqual({ atSeconds: [], servers: new Map(), highest: new Map() });
    expect(build(testHistory([NOW - 60, NOW], { [WEB]: { cpuRatio: [null, null] } })).atSeconds).toEqual([]);
  });
});

const values = fc.array(fc.option(fc.double({ min: 0, max: 1, noNaN: true })), { maxLength: 30 });

test('whatever comes: rows ascend, columns are as long as the rows, and no value is made up', () => {
  const looks = fc.array(fc.tuple(fc.integer({ min: NOW - 4000, max: NOW }), fc.option(fc.double({ min: 0, max: 1, noNaN: true }))), {
    maxLength: 30,
  });
  fc.assert(
    fc.property(values, looks, looks, (kept, web, db) => {
      const toPoints = (list: typeof web): readonly MetricPoint[] =>
        [...list].sort(([left], [right]) => left - right).map(([at, value]) => look(at, value ?? undefined));
      const history = testHistory(
        kept.map((_, index) => NOW - 4000 + index * 60),
        { [WEB]: { cpuRatio: kept } },
      );
      const table = build(history, { [WEB]: toPoints(web), [DB]: toPoints(db) });
      for (const [index, at] of table.atSeconds.entries()) expect(at).toBeGreaterThan(table.atSeconds[index - 1] ?? 0);
      const known = new Set([...kept, ...web.map(([, value]) => value)]);
      for (const figures of table.servers.values())
        for (const column of Object.values(figures)) expect(column).toHaveLength(table.atSeconds.length);
      for (const value of table.servers.get(WEB)?.cpuRatio ?? []) if (value !== null) expect(known).toContain(value);
    }),
  );
});

test.each<[string, readonly (number | null)[], unknown]>([
  ['nothing', [null], undefined],
  ['a gap at the end: nothing newest', [1, 3, null], { newest: undefined, lowest: 1, mean: 2, highest: 3 }],
  ['values', [4, null, 2], { newest: 2, lowest: 2, mean: 3, highest: 4 }],
])('summary of %s', (_reason, column, expected) => expect(summarizeColumn(column)).toEqual(expected));

test.each<[string, readonly (number | null)[], readonly number[]]>([
  ['one value', [1], [0]],
  ['at both ends and between', [1, null, 0, null, 1], [0, 2, 4]],
  ['none where a line leads', [1, 1, null, 1, 1], []],
  ['nothing', [null, null], []],
])('lone rows: %s', (_reason, column, expected) => expect(findLoneRows(column)).toEqual(expected));

test('a short peak of a long step is not lost in its mean', () => {
  const history = testHistory([NOW - 120, NOW - 60], { [WEB]: { cpuRatio: [0.2, null] } });
  const [web] = history.servers;
  const [series] = web?.series ?? [];
  if (series) series.highest[0] = 0.9;
  const table = build(history, { [WEB]: [look(NOW - 55, 0.6)] });
  expect(table.servers.get(WEB)?.cpuRatio).toEqual([0.2, 0.6]);
  expect(table.highest?.get(WEB)?.cpuRatio).toEqual([0.9, 0.6]);
  expect(summarizeColumn(table.servers.get(WEB)?.cpuRatio ?? [], table.highest?.get(WEB)?.cpuRatio)).toMatchObject({ highest: 0.9 });
});

test('a thinner table has the means and peaks of what it stands for, and keeps gaps', () => {
  const table: FigureTable = {
    atSeconds: [0, 1, 2, 3, 4],
    servers: new Map([[WEB, { cpuRatio: [1, 3, null, null, 5] }]]),
    highest: new Map([[WEB, { cpuRatio: [2, 4, null, null, 8] }]]),
  };
  expect(thinTable(table, 3)).toEqual({
    atSeconds: [0, 2, 4],
    servers: new Map([[WEB, { cpuRatio: [2, null, 5] }]]),
    highest: new Map([[WEB, { cpuRatio: [4, null, 8] }]]),
  });
  expect(thinTable(table, 5)).toBe(table);
});

test('the beginning is the first moment of which anything is known', () => {
  const table: FigureTable = { atSeconds: [10, 20, 30], servers: new Map([[WEB, { cpuRatio: [null, null, 1], upRatio: [null, 0, 1] }]]) };
  expect(findBeginning(table)).toBe(20);
  expect(findBeginning({ atSeconds: [10], servers: new Map() })).toBeUndefined();
});

test('every range is longer than the one before', () => {
  const lengths = Object.values(rangeSeconds);
  expect(lengths).toEqual([...lengths].sort((left, right) => left - right));
});
