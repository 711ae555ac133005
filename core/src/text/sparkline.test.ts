import { expect, test } from 'vitest';
import { asciiBars, drawSparkline, toBars } from './sparkline.ts';

test.each<[string, readonly (number | undefined)[], string]>([
  ['nothing', [], ''],
  ['both ends', [0, 1], '▁█'],
  ['each eighth has its bar', [0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875], '▁▂▃▄▅▆▇█'],
  ['what is not known is as wide as a bar', [0, undefined, 1], '▁\u2007█'],
])('%s', (_reason, ratios, expected) => expect(drawSparkline(ratios)).toBe(expected));

test('without blocks it is drawn with signs of ASCII', () => {
  expect(drawSparkline([0, undefined, 0.5, 1], asciiBars)).toBe('. +@');
});

test.each<[string, readonly (number | null)[], number, string]>([
  ['low to high', [0, 1, 2, 3, 4, 5, 6, 7, 8], 9, '▁▂▃▄▅▆▇██'],
  ['several of a cell are averaged, gaps count for nothing', [0, 8, null, 8, null, null], 3, '▅█\u2007'],
  ['nothing at all', [0, 0], 5, '▁▁'],
  ['more than the top', [99], 1, '█'],
  ['no values', [], 5, ''],
])('bars of values: %s', (_reason, values, cells, expected) => {
  expect(drawSparkline(toBars(values, cells, 8))).toBe(expected);
});
