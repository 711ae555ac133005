import { describe, expect, test } from 'vitest';
import { createTextRenderer } from '#core/text/render-text.ts';
import type { Address } from '#schemas/infra/names.ts';
import type { MetricPoint } from '#schemas/protocol/dashboard.ts';
import type { FigureTable } from '../charts/figure-table.ts';
import { createFigureFormat } from '../charts/format-figures.ts';
import { describeEmptiness } from './describe-emptiness.ts';
import { addLook, MOST_LIVE } from './dashboard-model.ts';
import { labelTimes } from './chart/time-axis.ts';

const render = createTextRenderer('en', {});
const format = createFigureFormat('en');
const NOW = Date.parse('2026-01-01T12:00') / 1000;
const servers = [{ address: 'server.web', name: 'web', status: '' }] as const;
const since = (secondsAgo: number): FigureTable => ({
  atSeconds: [NOW - 3600, NOW - secondsAgo],
  servers: new Map([['server.web', { cpuRatio: [null, 0.5] }]]),
});

describe('why there is nothing to see, or less', () => {
  const say = (state: Partial<Parameters<typeof describeEmptiness>[0]>): string | undefined => {
    const text = describeEmptiness({ servers: [...servers], table: since(3600), range: '1h', nowSeconds: NOW, ...state }, format);
    return text && render(text);
  };
  test.each([
    ['the project is not read yet', { servers: undefined }, /^The project is being read/],
    ['it has no servers', { servers: [] }, /Apply creates those of the file/],
    ['the history is not read yet', { table: undefined }, /^The history is being read/],
    ['nothing was ever heard', { table: { atSeconds: [], servers: new Map() } }, /Deploy on any/],
    ['it begins within the range', { table: since(1800) }, /^What is known begins at 11:30\.$/],
  ])('%s', (_reason, state, expected) => expect(say(state)).toMatch(expected));
  test('all of it is there, but for the first moments', () => {
    expect(say({ table: since(3600) })).toBeUndefined();
    expect(say({ table: since(3590) })).toBeUndefined();
  });
});

describe('looks', () => {
  const point = (atSeconds: number): MetricPoint => ({ atSeconds, values: {} });
  test('come in the order of time, each once', () => {
    let looks: ReadonlyMap<Address, readonly MetricPoint[]> = new Map();
    for (const at of [1, 2, 2, 1, 3]) looks = addLook(looks, 'server.web', point(at));
    expect(looks.get('server.web')?.map(({ atSeconds }) => atSeconds)).toEqual([1, 2, 3]);
  });
  test('are not kept for ever', () => {
    let looks: ReadonlyMap<Address, readonly MetricPoint[]> = new Map();
    for (let at = 1; at <= MOST_LIVE + 5; at += 1) looks = addLook(looks, 'server.web', point(at));
    expect(looks.get('server.web')).toHaveLength(MOST_LIVE);
    expect(looks.get('server.web')?.at(-1)?.atSeconds).toBe(MOST_LIVE + 5);
  });
});

test.each([
  ['seconds where they are told apart', 'en', 10, '11:59:50'],
  ['minutes', 'en', 60, '11:59'],
  ['days', 'en', 86_400, 'Jan 1'],
  ['days in Russian', 'ru', 86_400, '1 янв.'],
])('the time axis: %s', (_reason, language, step, expected) => expect(labelTimes(language)([NOW - 10], step)).toEqual([expected]));

test('the time axis: midnight is the day that begins', () => {
  const midnight = Date.parse('2026-01-02T00:00') / 1000;
  expect(labelTimes('en')([midnight, midnight + 3600], 3600)).toEqual(['Jan 2', '01:00']);
});
