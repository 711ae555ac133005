import { expect, test } from 'vitest';
import { matchPattern } from './match-pattern.ts';

test.each([
  ['equal values', { ID: 1, Name: 'a', List: [] }, { ID: 1, Name: 'a', List: [] }, []],
  ['a kind of value', { ID: '<int>' }, { ID: 7 }, []],
  ['the wrong kind', { ID: '<int>' }, { ID: '7' }, ['$.ID: expected "<int>", got "7"']],
  ['a missing key', { ID: 1 }, {}, ['$.ID: missing']],
  ['an extra key', {}, { ID: 1 }, ['$.ID: not expected']],
  ['an open object', { '...': 'more' }, { ID: 1 }, []],
  ['a longer list', [1], [1, 2], ['$: 2 items']],
  ['an open list', [1, '...'], [1, 2], []],
  ['a list that is none', [1], { 0: 1 }, ['$: expected "a list", got {"0":1}']],
  [
    'a date with an offset where none belongs',
    '<date>',
    '2023-05-20T12:00:00+03:00',
    ['$: expected "<date>", got "2023-05-20T12:00:00+03:00"'],
  ],
  [
    'a date without the offset it needs',
    '<date+offset>',
    '2023-05-20T12:00:00',
    ['$: expected "<date+offset>", got "2023-05-20T12:00:00"'],
  ],
  ['null against a text', null, '', ['$: expected null, got ""']],
])('%s', (_reason, pattern, value, differences) => {
  expect(matchPattern(pattern, value)).toEqual(differences);
});
