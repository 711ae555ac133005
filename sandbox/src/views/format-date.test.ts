import { expect, test } from 'vitest';
import { parseWireDate } from '#schemas/cloud/wire-date.ts';
import { formatCreateDate, formatStoredDate } from './format-date.ts';

test.each([
  ['the fraction keeps its digits', '2023-05-20T09:00:00.123Z', '2023-05-20T12:00:00.123', '2023-05-20T12:00:00.123+03:00'],
  ['trailing zeros are cut', '2019-02-02T18:17:11.640Z', '2019-02-02T21:17:11.64', '2019-02-02T21:17:11.64+03:00'],
  ['a whole second has no fraction', '2023-05-20T09:00:00Z', '2023-05-20T12:00:00', '2023-05-20T12:00:00+03:00'],
  ['a day later in Moscow', '2023-05-20T22:00:00Z', '2023-05-21T01:00:00', '2023-05-21T01:00:00+03:00'],
])('%s', (_reason, iso, stored, created) => {
  const epochMs = Date.parse(iso);
  expect(formatStoredDate(epochMs)).toBe(stored);
  expect(formatCreateDate(epochMs)).toBe(created);
  expect([stored, created].map((text) => parseWireDate(text).epochMs)).toEqual([epochMs, epochMs]);
});
