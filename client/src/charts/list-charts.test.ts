import { describe, expect, test } from 'vitest';
import { createTextRenderer } from '#core/text/render-text.ts';
import type { Address } from '#schemas/infra/names.ts';
import { keptFigures } from '#schemas/metrics/kept-figures.ts';
import type { FigureTable } from './figure-table.ts';
import { styleOf } from './line-styles.ts';
import { type Chart, listCharts, MOST_LINES, pickBusiest } from './list-charts.ts';

const render = createTextRenderer('en', {});
const all = Object.fromEntries(keptFigures.map((figure) => [figure, [0.5]]));
const tableOf = (...addresses: readonly Address[]): FigureTable => ({
  atSeconds: [0],
  servers: new Map(addresses.map((address) => [address, all])),
});
const server = (name: string, place = 0) => ({ address: `server.${name}` as const, name, place });
const outline = (charts: readonly Chart[]): string =>
  charts.map(({ title, unit, lines }) => `${render(title)} (${unit}): ${lines.map(({ label }) => render(label)).join(', ')}`).join('\n');

test('of one server, figures that belong together share a chart', () => {
  expect(outline(listCharts(tableOf('server.web'), [server('web')], false))).toMatchInlineSnapshot(`
    "Processor (ratio): processor, waiting for disk
    Load per core (load): load
    Memory (ratio): memory, swap
    Fullest disk (ratio): fullest disk
    Disk traffic (rate): disk read, disk written
    Network traffic (rate): network in, network out
    Availability (ratio): answering"
  `);
});

test('of several, each figure has its chart and each server its line', () => {
  const charts = listCharts(tableOf('server.web', 'server.db'), [server('web'), server('db', 1)], true);
  expect(outline(charts)).toMatchInlineSnapshot(`
    "Processor (ratio): web, db
    Processor waiting for disk (ratio): web, db
    Load per core (load): web, db
    Memory (ratio): web, db
    Swap (ratio): web, db
    Fullest disk (ratio): web, db
    Disk read (rate): web, db
    Disk written (rate): web, db
    Network in (rate): web, db
    Network out (rate): web, db
    Availability (ratio): web, db"
  `);
  expect(new Set(charts.map(({ id }) => id)).size).toBe(charts.length);
});

test('what was never heard has no chart and no line', () => {
  const table: FigureTable = { atSeconds: [0], servers: new Map([['server.web', { cpuRatio: [1] }]]) };
  expect(outline(listCharts(table, [server('web')], false))).toBe('Processor (ratio): processor');
  expect(outline(listCharts(table, [server('web'), server('db', 1)], true))).toBe('Processor (ratio): web');
});

test('a server looks the same in every chart, whoever is left out', () => {
  const charts = listCharts(tableOf('server.web', 'server.db'), [server('db', 1)], true);
  expect(new Set(charts.flatMap(({ lines }) => lines.map(({ style }) => style)))).toEqual(new Set([1]));
});

describe('the busiest', () => {
  const addresses = Array.from({ length: 12 }, (_, index) => `server.s${index}` as const);
  const table: FigureTable = {
    atSeconds: [0, 1],
    servers: new Map(addresses.map((address, index) => [address, { cpuRatio: [index % 2 === 0 ? 0.9 : null, index / 100] }])),
  };
  test('are as many as can be told apart, in the order given', () => {
    const picked = pickBusiest(table, addresses);
    expect(picked).toEqual(['server.s0', 'server.s2', 'server.s4', 'server.s6', 'server.s8', 'server.s9', 'server.s10', 'server.s11']);
    expect(picked).toHaveLength(MOST_LINES);
  });
  test('of few are all, also those of which nothing is known', () => {
    expect(pickBusiest(table, ['server.new', 'server.s1'])).toEqual(['server.new', 'server.s1']);
  });
});

describe('styles', () => {
  const styles = Array.from({ length: 32 }, (_, place) => styleOf(place));
  test('thirty-two are all different', () => {
    expect(new Set(styles.map((style) => JSON.stringify(style))).size).toBe(32);
  });
  test('neighbours differ in colour and in dash, so that either is enough', () => {
    for (const [place, { colour, dash }] of styles.entries()) {
      const next = styleOf(place + 1);
      expect([next.colour === colour, JSON.stringify(next.dash) === JSON.stringify(dash)]).toEqual([false, false]);
    }
  });
});
