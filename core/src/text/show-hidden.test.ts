import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { t, tn, verbatim, verbatimLines } from '#schemas/text/text.ts';
import { findHidden, hostileText } from '#test/helpers/hidden-characters.ts';
import { createTextRenderer } from './render-text.ts';
import { escapeJson, showHidden, showHiddenDeep, showHiddenInLines } from './show-hidden.ts';

test.each([
  ['plain text', 'plain text'],
  ['цена 5\u00a0₽ — 日本 👍 ❤️', 'цена 5\u00a0₽ — 日本 👍 ❤️'],
  ['a\u001b[31mb', String.raw`a\x1b[31mb`],
  ['a\r\nb\tc\0', String.raw`a\r\nb\tc\x00`],
  ['\u009b', String.raw`\x9b`],
  ['abc\u202ecba', String.raw`abc\u202ecba`],
  ['ad\u200bmin', String.raw`ad\u200bmin`],
  ['\u{e0041}', String.raw`\u{e0041}`],
  ['\ud83d', String.raw`\ud83d`],
  ['a\ufe0fb', String.raw`a\ufe0fb`],
  ['👩\u200d💻', String.raw`👩\u200d💻`],
])('%j is shown as %j', (text, shown) => expect(showHidden(text)).toBe(shown));

test('several lines stay several lines', () => expect(showHiddenInLines('a\nb\r\nc')).toBe('a\nb\\r\nc'));

test('nothing hidden is left, once is enough, and what people see stays', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const shown = showHidden(text);
      expect(findHidden(shown, { lines: false })).toBeUndefined();
      expect(showHidden(shown)).toBe(shown);
      expect(findHidden(showHiddenInLines(text), { lines: true })).toBeUndefined();
    }),
    { numRuns: 3000 },
  );
});

test('no argument of a text, however deep, reaches a reader raw or begins a line', () => {
  const render = createTextRenderer('en');
  fc.assert(
    fc.property(hostileText, hostileText, (left, right) => {
      for (const text of [t('{0} and {1}', left, right), t('{0}', t('in {0}', verbatim(left))), tn(2, '{0} of {1}', '{0} of {1}', right)])
        expect(findHidden(render(text), { lines: false })).toBeUndefined();
      expect(render(verbatimLines(left)).split('\n')).toHaveLength(left.split('\n').length);
    }),
    { numRuns: 2000 },
  );
});

test('a value in depth keeps its shape; the lines of a sentence stay', () => {
  expect(showHiddenDeep({ name: 'a\nb', items: ['\u001b', 1, null, true], text: { text: 'one\ntwo {0}', args: ['\n'] } })).toEqual({
    name: String.raw`a\nb`,
    items: [String.raw`\x1b`, 1, null, true],
    text: { text: 'one\ntwo {0}', args: [String.raw`\n`] },
  });
});

test('JSON for a terminal is the same JSON, with nothing hidden in it', () => {
  fc.assert(
    fc.property(fc.dictionary(hostileText, hostileText), (value) => {
      const json = escapeJson(JSON.stringify(value, null, 2));
      expect(findHidden(json, { lines: true })).toBeUndefined();
      expect(JSON.parse(json)).toEqual(value);
    }),
    { numRuns: 1000 },
  );
});
