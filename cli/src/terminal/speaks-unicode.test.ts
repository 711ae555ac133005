import { expect, test } from 'vitest';
import { speaksUnicode } from './speaks-unicode.ts';

test.each<[Record<string, string>, boolean]>([
  [{ LANG: 'ru_RU.UTF-8' }, true],
  [{ LANG: 'C.utf8' }, true],
  [{}, true],
  [{ LC_ALL: '', LANG: 'en_US.UTF-8' }, true],
  [{ LC_ALL: 'C', LANG: 'en_US.UTF-8' }, false],
  [{ LC_CTYPE: 'ru_RU.KOI8-R', LANG: 'en_US.UTF-8' }, false],
  [{ LANG: 'en_US.UTF-8', TERM: 'linux' }, false],
  [{ LANG: 'en_US.UTF-8', TERM: 'dumb' }, false],
])('%j', (environment, expected) => {
  expect(speaksUnicode(environment)).toBe(expected);
});
