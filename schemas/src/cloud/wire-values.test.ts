import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { orAbsent, wireAddress, wireBoolean, wireInt, wireList, wireNumber, withUpperCaseId } from './wire-values.ts';

const refused = 'refused';
const read = (schema: z.ZodType, value: unknown): unknown => {
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : refused;
};

test.each([
  ['a number', 12.5, 12.5],
  ['a number in a string', '3492', 3492],
  ['spaces around it', ' 7 ', 7],
  ['a decimal point', '1.5', 1.5],
  ['a decimal comma', '1,5', 1.5],
  ['a negative one', '-3', -3],
  ['a word', 'many', refused],
  ['an empty text', '', refused],
  ['null', null, refused],
])('wireNumber reads %s', (_reason, value, expected) => expect(read(wireNumber, value)).toBe(expected));

test.each([
  ['a whole number', 3, 3],
  ['a whole number in a string', '3', 3],
  ['a fraction', 3.5, refused],
  ['a fraction in a string', '3.5', refused],
])('wireInt reads %s', (_reason, value, expected) => expect(read(wireInt, value)).toBe(expected));

test.each([
  ['true', true, true],
  ['a lower-case text', 'true', true],
  ['the text of .NET', 'True', true],
  ['False', 'False', false],
  ['1', 1, true],
  ['0', 0, false],
  ['yes', 'yes', refused],
  ['2', 2, refused],
])('wireBoolean reads %s', (_reason, value, expected) => expect(read(wireBoolean, value)).toBe(expected));

test.each([
  ['an address', '203.0.113.17', '203.0.113.17'],
  ['the empty text of a new server as absent', '', undefined],
  ['blanks as absent', '  ', undefined],
  ['null as absent', null, undefined],
])('wireAddress reads %s', (_reason, value, expected) => expect(read(wireAddress, value)).toBe(expected));

describe('in an object', () => {
  const schema = z.looseObject({ Text: orAbsent(z.string()), List: wireList(z.string()), IP: wireAddress });
  test.each([
    ['absent fields', {}, { Text: undefined, List: [], IP: undefined }],
    ['null fields', { Text: null, List: null, IP: null }, { Text: undefined, List: [], IP: undefined }],
    ['an unknown field', { More: 1 }, { Text: undefined, List: [], IP: undefined, More: 1 }],
    ['a field of the wrong kind', { Text: 1 }, refused],
  ])('%s', (_reason, value, expected) => expect(read(schema, value)).toEqual(expected));
});

test.each([
  ['Id becomes ID', { Id: 1, Name: 'a' }, { ID: 1, Name: 'a' }],
  ['ID stays, and Id beside it', { ID: 1, Id: 2 }, { ID: 1, Id: 2 }],
  ['an object with neither', { Name: 'a' }, { Name: 'a' }],
  ['a list', [1], [1]],
  ['null', null, null],
])('withUpperCaseId: %s', (_reason, value, expected) => expect(withUpperCaseId(value)).toEqual(expected));
