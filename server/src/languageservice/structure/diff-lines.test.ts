import fc from 'fast-check';
import { expect, test } from 'vitest';
import { diffLines } from './diff-lines.ts';

const apply = (text: string, differences: ReturnType<typeof diffLines>): string =>
  differences.reduceRight((edited, { start, end, newText }) => edited.slice(0, start) + newText + edited.slice(end), text);

test.each([
  ['nothing', 'a\n', 'a\n', []],
  ['blanks within lines', 'a:   1\nb\n', 'a: 1\nb\n', ['3-5 ""']],
  ['blank lines', 'a\n\n\n\nb\n', 'a\n\nb\n', ['3-5 ""']],
  ['blank lines at the end', 'a\n\n\n', 'a\n', ['2-4 ""']],
  ['a line break at the end', 'a', 'a\n', ['1-1 "\\n"']],
  ['line breaks', 'a\r\nb\n', 'a\nb\n', ['1-3 "\\n"']],
  ['two places', ' a\nb\n c\n', 'a\nb\nc\n', ['0-1 ""', '5-6 ""']],
  ['other text as one', 'a\nb\nc\nd\n', 'a\nx\ny\nz\nd\n', ['2-5 "x\\ny\\nz"']],
  ['text out of nothing', '', 'a\n', ['0-0 "a\\n"']],
])('finds %s', (_name, before, after, expected) => {
  expect(diffLines(before, after).map(({ start, end, newText }) => `${start}-${end} ${JSON.stringify(newText)}`)).toEqual(expected);
  expect(apply(before, diffLines(before, after))).toBe(after);
});

test('what it finds makes the one of the other, and leaves line breaks of two characters whole', () => {
  const text = fc.array(fc.constantFrom('a', 'b', ' ', '\n', '\r\n', '\n\n'), { maxLength: 12 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const differences = diffLines(before, after);
      expect(apply(before, differences)).toBe(after);
      for (const place of differences.flatMap(({ start, end }) => [start, end])) {
        expect(before.slice(place - 1, place + 1)).not.toBe('\r\n');
      }
    }),
  );
});
