import { expect, test } from 'vitest';
import { parseWireDate } from './wire-date.ts';

test.each([
  ['the create answer, with an offset and microseconds', '2023-05-13T16:57:15.495094+03:00', '2023-05-13T13:57:15.495Z'],
  ['a stored object, without an offset: Moscow time', '2019-02-02T21:17:11.64', '2019-02-02T18:17:11.640Z'],
  ['no fraction', '2019-02-02T21:17:11', '2019-02-02T18:17:11.000Z'],
  ['one digit of fraction', '2019-02-02T21:17:11.6', '2019-02-02T18:17:11.600Z'],
  ['seven digits of fraction', '2019-02-02T21:17:11.6412345', '2019-02-02T18:17:11.641Z'],
  ['UTC', '2019-02-02T21:17:11Z', '2019-02-02T21:17:11.000Z'],
  ['another offset', '2019-02-02T21:17:11-05:30', '2019-02-03T02:47:11.000Z'],
])('reads %s', (_reason, raw, iso) => {
  const moment = parseWireDate(raw);
  expect(moment.raw).toBe(raw);
  expect(moment.epochMs === undefined ? undefined : new Date(moment.epochMs).toISOString()).toBe(iso);
});

test.each([
  ['the zero date', '0001-01-01T00:00:00'],
  ['a date alone', '2019-02-02'],
  ['a month that is none', '2019-13-02T21:17:11'],
  ['words', 'yesterday'],
  ['nothing', ''],
])('keeps %s as text without a moment', (_reason, raw) => expect(parseWireDate(raw)).toEqual({ raw, epochMs: undefined }));
