import { expect, test } from 'vitest';
import { findCronFault } from './cron-syntax.ts';

test.each(['* * * * *', '0 20 * * 1-5', '*/10 0-23/2 1,15 jan-mar sun', '5 4 * * 7', '  0  1\t* * MON '])('%s', (expression) =>
  expect(findCronFault(expression)).toBeUndefined(),
);

test.each([
  ['60 * * * *', '60', 'the minute'],
  ['* 24 * * *', '24', 'the hour'],
  ['* * 0 * *', '0', 'the day of the month'],
  ['* * * 13 *', '13', 'the month'],
  ['* * * * 8', '8', 'the weekday'],
  ['* * * * mon,foo', 'foo', 'the weekday'],
  ['*/0 * * * *', '*/0', 'the minute'],
  ['5-1 * * * *', '5-1', 'the minute'],
  ['1,, * * * *', '', 'the minute'],
  ['? * * * *', '?', 'the minute'],
])('%s is wrong', (expression, part, field) => expect(findCronFault(expression)?.args?.slice(0, 2)).toEqual([part, { text: field }]));

test('another number of fields', () => expect(findCronFault('0 0 * * * *')?.args).toEqual([6]));
