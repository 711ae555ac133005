import { describe, expect, test } from 'vitest';
import type { PriceTable } from '#schemas/infra/prices.ts';
import type { DataCentre } from '#schemas/state/actual.ts';
import { serverValues } from '#test/helpers/samples.ts';
import { costOfServer } from '#core/infra/prices/cost-of-server.ts';
import { checkBudget, noteBalance, sumCosts } from './monthly-cost.ts';

const centres: DataCentre[] = [{ id: 1, title: 'Xelent', techTitle: 'SdnSpb', shortTitle: 'СПБ', hasBasePool: true, hasHighPool: true }];
const table: PriceTable = {
  prices: [
    { dc: 'Xelent', pool: 'base', cpu: 100, ram: 50, disk: { SSD: 10 } },
    { dc: 'СПБ', pool: 'high', cpu: 200, ram: 60, disk: { SSD: 12, SAS: 6 } },
    { cpu: 1, ram: 1, disk: { SSD: 1, SAS: 1 } },
  ],
};

describe('costOfServer', () => {
  test.each([
    ['cores, memory in GB and disk by its type', { cpu: 2, ramMb: 2048, diskGb: 20 }, 2 * 100 + 2 * 50 + 20 * 10],
    ['half a GB of memory counts half', { cpu: 1, ramMb: 512, diskGb: 10 }, 100 + 25 + 100],
    ['the pool picks the line, the short title names the data centre', { pool: 'high' as const, diskType: 'SAS' }, 200 + 60 + 60],
    ['a line without data centre fits any', { dc: 'DsMsk' }, 1 + 1 + 10],
    ['a disk type without a price is unknown', { diskType: 'SAS' }, undefined],
  ])('%s', (_reason, values, expected) => {
    expect(costOfServer(serverValues(values), table, centres)).toBe(expected);
  });
});

test('sumCosts counts what has no price', () => {
  expect(sumCosts([serverValues(), serverValues({ diskType: 'SAS' })], table, centres)).toEqual({ roubles: 250, unknown: 1 });
});

describe('checkBudget', () => {
  test.each([
    ['no budget, no refusal', { roubles: 9999, unknown: 0 }, undefined, 0],
    ['within the budget', { roubles: 100, unknown: 0 }, 100, 0],
    ['above the budget', { roubles: 100.01, unknown: 0 }, 100, 1],
    ['what cannot be priced cannot be allowed', { roubles: 1, unknown: 1 }, 100, 1],
  ])('%s', (_reason, after, budget, refusals) => {
    expect(checkBudget(after, budget)).toHaveLength(refusals);
  });
});

describe('noteBalance', () => {
  test.each([
    ['a week is enough', 300, 70, []],
    ['less is told in days', 300, 69.9, [6]],
    ['a negative balance covers nothing', 300, -5, [0]],
    ['what costs nothing needs nothing', 0, 0, []],
    ['an unknown balance is not judged', 300, undefined, []],
  ])('%s', (_reason, cost, balance, days) => {
    expect(noteBalance(cost, balance).map((note) => note.text.plural?.count)).toEqual(days);
  });
});
