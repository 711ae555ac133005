import { describe, expect, test } from 'vitest';
import { createFigureFormat, type FigureFormat } from './format-figures.ts';

const GIB = 1024 ** 3;
const plain = (text: string): string => text.replaceAll(/[\u00A0\u202F]/g, ' ');

describe.each<[string, (format: FigureFormat) => string, string, string]>([
  ['a share', (format) => format.percent(0.124), '12%', '12 %'],
  ['nothing', (format) => format.bytes(0), '0 kB', '0 кБ'],
  ['less than the first unit', (format) => format.bytes(512), '0.5 kB', '0,5 кБ'],
  ['the next unit begins where three digits end', (format) => format.bytes(1000 * 1024), '1 MB', '1 МБ'],
  ['one digit behind the point while there is one before it', (format) => format.bytes(1.25 * GIB), '1.3 GB', '1,3 ГБ'],
  ['none after', (format) => format.bytes(40.2 * GIB), '40 GB', '40 ГБ'],
  // The letter of the second is a Latin one in the language's own data.
  ['so much a second', (format) => format.rate(1.5 * 1024 ** 2), '1.5 MB/s', '1,5 МБ/c'],
  ['part and whole in one unit', (format) => format.share(0.2 * GIB, 2 * GIB), '0.2/2 GB', '0,2/2 ГБ'],
  ['a load', (format) => format.number(0.256), '0.26', '0,26'],
  ['minutes', (format) => format.span(3599), '59 min', '59 мин'],
  ['hours up to two days', (format) => format.span(172_799), '47 hr', '47 ч'],
  ['days', (format) => format.span(172_800), '2 days', '2 дн.'],
  ['a moment of today', (format) => format.moment(Date.parse('2026-01-02T09:05'), Date.parse('2026-01-02T23:00')), '09:05', '09:05'],
  [
    'of another day',
    (format) => format.moment(Date.parse('2026-01-01T23:05'), Date.parse('2026-01-02T01:00')),
    'Jan 1, 23:05',
    '1 янв., 23:05',
  ],
])('%s', (_reason, say, english, russian) => {
  test('in English', () => expect(plain(say(createFigureFormat('en')))).toBe(english));
  test('in Russian', () => expect(plain(say(createFigureFormat('ru')))).toBe(russian));
});
