import { expect, test } from 'vitest';
import { isSameCreation } from './panel-facts.ts';

test.each([
  ['the same text', '2019-02-02T21:17:11.64', '2019-02-02T21:17:11.64', true],
  ['a rounded fraction', '2023-05-13T16:57:15.495094', '2023-05-13T16:57:15.5', true],
  ['with an offset and without one, in Moscow', '2023-05-13T16:57:15.495094+03:00', '2023-05-13T16:57:15.49', true],
  ['with an offset and without one, in UTC', '2023-05-13T16:57:15.495094+03:00', '2023-05-13T13:57:15.49', true],
  ['a minute apart', '2023-05-13T16:57:15', '2023-05-13T16:58:15', false],
  ['a minute apart, in two forms', '2023-05-13T16:57:15+03:00', '2023-05-13T16:58:15', false],
  ['an hour apart in one form', '2023-05-13T16:57:15', '2023-05-13T17:57:15', false],
  ['a day apart in two forms', '2023-05-13T16:57:15+03:00', '2023-05-14T16:57:15', false],
  ['one that is missing proves nothing', undefined, '2023-05-13T16:57:15', true],
  ['one that makes no sense proves nothing', 'yesterday', '2023-05-13T16:57:15', true],
] as const)('%s', (_reason, recorded, seen, isSame) => expect(isSameCreation(recorded, seen)).toBe(isSame));
