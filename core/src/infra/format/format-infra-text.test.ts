import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseYaml } from '../parse/parse-yaml.ts';
import { formatFlow } from './format-flow.ts';
import { formatInfraText } from './format-infra-text.ts';
import { isSameValue } from './is-same-value.ts';
import { splitComment } from './split-line.ts';

/** Formats, and asserts what holds for every text. */
function format(text: string): string {
  const formatted = formatInfraText(text).text;
  expect(formatInfraText(formatted).text).toBe(formatted);
  expect(isSameValue(parseYaml('', formatted).value, parseYaml('', text).value)).toBe(true);
  return formatted;
}

describe('writes', () => {
  test.each([
    ['two spaces of indentation', 'a:\n    b:\n        c: 1\n    d: 2\n', 'a:\n  b:\n    c: 1\n  d: 2\n'],
    ['lists below their key', 'a:\n- 1\n-   b: 2\n    c: 3\nd: 4\n', 'a:\n  - 1\n  - b: 2\n    c: 3\nd: 4\n'],
    ['lists in lists', 'a:\n-   - 1\n    - 2\n', 'a:\n  - - 1\n    - 2\n'],
    ['spaces in brackets', 'a: {b: 1,c:  [ 1,2 ] , d: {}}\n', 'a: { b: 1, c: [1, 2], d: {} }\n'],
    ['one space around keys and comments', 'a:    1      # x\n', 'a: 1 # x\n'],
    ['one blank line at most', '\n\na: 1\n\n\n\nb: 2\n\n\n', 'a: 1\n\nb: 2\n'],
    ['a line break at the end', 'a: 1', 'a: 1\n'],
    ['no blanks at the ends of lines', 'a: 1  \nb:   \n  c: 2\t\n', 'a: 1\nb:\n  c: 2\n'],
    ['comments with what follows them', 'a:\n    # one\n    b: 1\n  # two\nc: 2\n', 'a:\n  # one\n  b: 1\n# two\nc: 2\n'],
    ['a comment at the end with its entry', 'a:\n    b: 1\n    # last\nc: 2\n', 'a:\n  b: 1\n  # last\nc: 2\n'],
    [
      'block scalars with their own indentation',
      'a:\n    b: |\n        x\n          y  \n\n        z\n    c: 1\n',
      'a:\n  b: |\n    x\n      y  \n\n    z\n  c: 1\n',
    ],
    ['a block scalar in a list', 'a:\n- |\n    x\n- y\n', 'a:\n  - |\n    x\n  - y\n'],
    ['brackets over several lines', 'a: [1,\n          2, # c\n  ]\n', 'a: [1,\n  2, # c\n]\n'],
    ['a text over several lines', 'a: one\n      two\n', 'a: one\n  two\n'],
    ['anchors and merge keys', 'a: &x\n    b: 1\nc:\n    <<: *x\n', 'a: &x\n  b: 1\nc:\n  <<: *x\n'],
    ['line endings as they were', 'a:\r\n    b: 1\r\n', 'a:\r\n  b: 1\r\n'],
    [
      'hashes and quotes that mean nothing',
      "a: it's # c\nb: \"x # y\"\nc: p#q\nd: '# z'   # e\n",
      "a: it's # c\nb: \"x # y\"\nc: p#q\nd: '# z' # e\n",
    ],
    ['a document start', '---\na:\n    b: 1\n', '---\na:\n  b: 1\n'],
    ['canonical text as it is', 'a: 1\n\n# c\nb:\n  - { c: [1, 2] } # d\n', 'a: 1\n\n# c\nb:\n  - { c: [1, 2] } # d\n'],
  ])('%s', (_name, text, expected) => expect(format(text)).toBe(expected));
});

test('text with errors stays as it is, and says why', () => {
  const { text, diagnostics } = formatInfraText('a:    [1\nb: 2');
  expect(text).toBe('a:    [1\nb: 2');
  expect(diagnostics.map(({ code }) => code)).toEqual(['yaml-syntax']);
});

test.each([
  ['no collection', 'abc', undefined],
  ['not closed on the line', '[1, {', undefined],
  ['something behind it', '[1] x', undefined],
  ['brackets in quotes', '{a: "]}", b: \'[\'}', '{ a: "]}", b: \'[\' }'],
  ['nested', '[[1],{a: {b: []}}]', '[[1], { a: { b: [] } }]'],
  ['a trailing comma', '[1, ]', '[1, ]'],
])('flow: %s', (_name, text, expected) => expect(formatFlow(text)).toBe(expected));

test.each([
  ['a # b', 'a ', '# b'],
  ['a#b', 'a#b', ''],
  ['"a # b" # c', '"a # b" ', '# c'],
  ['"a \\" # b"', '"a \\" # b"', ''],
])('comment of %s', (text, code, comment) => expect(splitComment(text)).toEqual({ code, comment }));

const scalar = fc.constantFrom(
  '1',
  'x y',
  '"q # z"',
  "'it''s'",
  '[a,  b]',
  '{a: 1,b: [2]}',
  'p#q',
  '~',
  "it's",
  '*x',
  '&y 2',
  '|',
  '>-',
  '',
);
const line = fc
  .tuple(
    fc.integer({ min: 0, max: 6 }),
    fc.constantFrom('', '- ', '-   ', '# '),
    fc.constantFrom('a', 'b', 'c', 'd e', '"k"', '<<'),
    fc.constantFrom(': ', ':', ':   ', ''),
    scalar,
    fc.constantFrom('', ' # c', '  '),
  )
  .map(([indent, dash, key, colon, value, tail]) => `${' '.repeat(indent)}${dash}${key}${colon}${value}${tail}`);

test('never changes the meaning, and twice is the same as once', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof({ weight: 4, arbitrary: line }, { weight: 1, arbitrary: fc.constantFrom('', '   ') }), { maxLength: 8 }),
      fc.constantFrom('\n', '\r\n'),
      (lines, eol) => {
        format(lines.join(eol));
      },
    ),
    { numRuns: 5000 },
  );
});
