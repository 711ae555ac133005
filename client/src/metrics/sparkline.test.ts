import { expect, test } from 'vitest';
import { drawSparkline } from './sparkline.ts';

test.each<[string, readonly (number | undefined)[], string]>([
  ['nothing', [], ''],
  ['both ends', [0, 1], '▁█'],
  ['each eighth has its bar', [0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875], '▁▂▃▄▅▆▇█'],
  ['what is not known is as wide as a bar', [0, undefined, 1], '▁\u2007█'],
])('%s', (_reason, ratios, expected) => expect(drawSparkline(ratios)).toBe(expected));
