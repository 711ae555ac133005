import { describe, expect, test } from 'vitest';
import type { PriceTable } from '#schemas/infra/prices.ts';
import type { DataCentre } from '#schemas/state/actual.ts';
import {
  actualServer,
  actualState,
  desiredServer,
  desiredState,
  ledgerOf,
  planInput,
  serverEntry,
  serverValues,
} from '#test/helpers/samples.ts';
import { costOfServer } from '#core/infra/prices/cost-of-server.ts';
import { buildPlan } from './build-plan.ts';
import { checkBudget, type MonthlyCost, noteBalance, sumCosts } from './monthly-cost.ts';
import type { PlanInput } from './plan-input.ts';

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

const cost = (before: number, after: number, unknownAdded = 0): MonthlyCost => ({ before, after, unknown: unknownAdded, unknownAdded });

describe('checkBudget', () => {
  test.each([
    ['no budget, no refusal', cost(0, 9999), undefined, 0],
    ['within the budget', cost(0, 100), 100, 0],
    ['above the budget', cost(0, 100.01), 100, 1],
    ['above the budget before, and cheaper afterwards: the way back', cost(5450, 4550), 1000, 0],
    ['above the budget before, and unchanged', cost(5450, 5450), 1000, 0],
    ['above the budget before, and dearer', cost(5450, 5451), 1000, 1],
    ['what cannot be priced cannot be allowed', cost(0, 1, 1), 100, 1],
    ['what cannot be priced and is not touched is in nobody’s way', { ...cost(1, 1), unknown: 1 }, 100, 0],
  ])('%s', (_reason, given, budget, refusals) => {
    expect(checkBudget(given, budget)).toHaveLength(refusals);
  });
});

describe('priceChanges', () => {
  const price = (rest: Partial<PlanInput>) => buildPlan(planInput({ prices: table, ...rest })).cost;
  const [big, small] = [desiredServer('big', { diskGb: 90 }), desiredServer('small')];
  const [bigNow, smallNow] = [actualServer(1, 'big', { diskGb: 90 }), actualServer(2, 'small')];
  const ledger = ledgerOf(serverEntry(1, 'big', { diskGb: 90 }), serverEntry(2, 'small'));
  const actual = actualState({ servers: [bigNow, smallNow], catalog: { images: [], dataCentres: centres } });

  test('a server that is deleted makes the project cheaper', () => {
    expect(price({ desired: desiredState({ servers: [small] }), actual, ledger })).toMatchObject({ before: 1300, after: 250 });
  });

  test('a partial plan counts what it does not touch as it is', () => {
    const desired = desiredState({ servers: [big, small, desiredServer('new')] });
    const selection = { only: ['small'], except: [], isSelected: (address: string) => address === 'server.small' };
    expect(price({ desired, actual, ledger, selection })).toMatchObject({ before: 1300, after: 1300 });
  });

  test('a resize is priced by what it makes of the server', () => {
    const desired = desiredState({ servers: [big, desiredServer('small', { cpu: 2 })] });
    expect(price({ desired, actual, ledger })).toMatchObject({ before: 1300, after: 1400 });
  });

  test('a new server without a price counts as unknown, an old one does not stand in the way', () => {
    const desired = desiredState({ servers: [big, desiredServer('new', { diskType: 'SAS' })] });
    expect(
      price({ desired, actual: actualState({ ...actual, servers: [bigNow] }), ledger: ledgerOf(serverEntry(1, 'big', { diskGb: 90 })) }),
    ).toMatchObject({
      unknown: 1,
    });
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
