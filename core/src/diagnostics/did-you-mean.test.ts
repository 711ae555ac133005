import { expect, test } from 'vitest';
import { didYouMean } from './did-you-mean.ts';

test.each([
  ['one wrong letter', 'smoll', ['small', 'large'], 'small'],
  ['two letters swapped', 'siez', ['size', 'sizes'], 'size'],
  ['another case', 'ssd', ['SAS', 'SSD'], 'SSD'],
  ['another separator', 'disk-type', ['disk', 'disk_type'], 'disk_type'],
  ['another way to write a version', 'Ubuntu 20.04 x64', ['Ubuntu 20.4 x64', 'Ubuntu20.04x64'], 'Ubuntu20.04x64'],
  ['the nearest of several', 'web-11', ['web-1', 'web-112', 'db'], 'web-1'],
  ['nothing near', 'nginx', ['small', 'large'], undefined],
  ['a short word is not replaced as a whole', 'a', ['b', 'c'], undefined],
  ['the word itself is no suggestion', 'web', ['web'], undefined],
  ['Cyrillic', 'Москав', ['Москва'], 'Москва'],
  ['no candidates', 'web', [], undefined],
])('%s', (_reason, word, candidates, expected) => expect(didYouMean(word, candidates)).toBe(expected));
