import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printProblem } from '../testing/read-sample.ts';
import { parseYaml } from './parse-yaml.ts';
import type { ValuePath } from './position-tree.ts';

/** `line:column-column` of a path; the same whether the plain or the full parser reads the text. */
function placeOf(text: string, path: ValuePath, part: 'key' | 'value'): string {
  const [plain, full] = [text, `${text}\nzz_anchor: &zz 1\n`].map((source) => {
    const { start, end } = parseYaml('f', source).locate(path, part);
    return `${start.line}:${start.character}-${end.line === start.line ? '' : `${end.line}:`}${end.character}`;
  });
  expect(full).toBe(plain);
  return plain ?? '';
}

const listProblems = (text: string): readonly string[] =>
  parseYaml('/project/infra.yaml', text).diagnostics.map((diagnostic) => printProblem(diagnostic));

describe('places', () => {
  test.each<[string, string, ValuePath, 'key' | 'value', string]>([
    ['key', 'a:\n  b: xyz', ['a', 'b'], 'key', '1:2-3'],
    ['value', 'a:\n  b: xyz', ['a', 'b'], 'value', '1:5-8'],
    ['block value', 'a:\n  b: 1\n  c: 2', ['a'], 'value', '1:2-2:6'],
    ['flow value', 'a: { b: [1, 23] }', ['a', 'b', 1], 'value', '0:12-14'],
    ['quotes belong to the value', "a: 'x'", ['a'], 'value', '0:3-6'],
    ['item of a list', 'a:\n  - x\n  - y: 1', ['a', 1, 'y'], 'value', '2:7-8'],
    ['key of a compact item', 'a:\n  -   y: 1', ['a', 0, 'y'], 'key', '1:6-7'],
    ['after Cyrillic', 'имя: 1\na: [привет, x]', ['a', 1], 'value', '1:12-13'],
    ['an emoji is two units', 'a: [x🎉, y]', ['a', 1], 'value', '0:9-10'],
    ['CRLF', 'a: 1\r\nb:\r\n  c: 2\r\n', ['b', 'c'], 'value', '2:5-6'],
    ['a byte order mark counts nothing', '\u{feff}a: 1', ['a'], 'value', '0:3-4'],
    ['tabs before a comment', 'a: 1\t# c\nb: 2', ['b'], 'value', '1:3-4'],
    ['a missing key is its entry', 'a:\n  b: 1', ['a', 'c'], 'value', '0:0-1'],
    ['a missing entry in a missing section is the start', 'a: 1', ['x', 'y'], 'key', '0:0-0'],
    ['an empty value is its key', 'a:\n  b:\n  c: 1', ['a', 'b'], 'value', '1:2-3'],
    ['after a number as a key', 'a:\n  b: 1\n  80: 2\n  c: 3', ['a', 'c'], 'value', '3:5-6'],
    ['a number as a key, behind others', 'a: { b: 1, 80: 2 }', ['a', '80'], 'key', '0:11-13'],
    ['the 20th of many', Array.from({ length: 30 }, (_, index) => `k${index}_: ${index}`).join('\n'), ['k20_'], 'value', '20:6-8'],
  ])('%s', (_name, text, path, part, expected) => expect(placeOf(text, path, part)).toBe(expected));
});

describe('aliases and merge keys', () => {
  test('an alias repeats the value and keeps its place', () => {
    const { value, locate, diagnostics } = parseYaml('f', 'a: &x { b: 1 }\nc: *x\n');
    expect(diagnostics).toEqual([]);
    expect(value).toEqual({ a: { b: 1 }, c: { b: 1 } });
    expect(locate(['c'], 'value').start).toEqual({ line: 1, character: 3 });
    expect(locate(['c', 'b'], 'value').start).toEqual({ line: 0, character: 11 });
  });

  test.each([
    ['own keys win', 'a: &x { p: 1, q: 2 }\nb: { p: 3, <<: *x }', { p: 3, q: 2 }],
    ['the first of several wins', 'a: [&x { p: 1 }, &y { p: 2, q: 2 }]\nb: { <<: [*x, *y] }', { p: 1, q: 2 }],
    ['a later anchor of the same name wins', 'a: [&x 1, &x 2]\nb: *x', 2],
    ['a quoted << is a key', 'b: { "<<": 1 }', { '<<': 1 }],
  ])('%s', (_name, text, expected) => {
    const { value, diagnostics } = parseYaml('f', text);
    expect(diagnostics).toEqual([]);
    expect((value as { b: unknown }).b).toEqual(expected);
  });
});

describe('problems', () => {
  test.each([
    ['a quote that is not closed', 'a: "x\n', ['1:0 yaml-syntax — A quote that is opened before this place is never closed.']],
    ['a bracket that is not closed', 'a: [1,\nb: 2\n', ['1:0 yaml-syntax — A bracket that is opened before this place is never closed.']],
    [
      'two errors in two sections',
      'a: b: c\nd: "\\q"\n',
      [
        '0:3 yaml-syntax — A second `key: value` follows on the same line. Put it on a line of its own, or put the text in quotes if the colon belongs to it.',
        '1:4 yaml-syntax — A backslash in double quotes begins an escape, and this one does not exist. Write `\\\\` for a backslash, or use single quotes.',
      ],
    ],
    [
      'a line without colon',
      'a: 1\nbcd\n',
      ['1:0 yaml-syntax — A key needs a colon and a value: `key: value`. Perhaps the colon is missing, or the space after it.'],
    ],
    [
      'uneven indentation',
      'a:\n  b: 1\n   c: 2\n',
      [
        '1:5 yaml-syntax — A second `key: value` follows on the same line. Put it on a line of its own, or put the text in quotes if the colon belongs to it.',
      ],
    ],
    ['a reserved character', 'a: @b\n', ['0:3 yaml-syntax — A plain text cannot begin with this character. Put the text in quotes.']],
    [
      'a duplicate key',
      'a: 1\nb: 2\na: 3\n',
      ['2:0 duplicate-key — The key `a` stands here for the second time. Remove or rename one of the two.'],
    ],
    [
      'a duplicate key in brackets',
      'a: { b: 1, b: 2 }\n',
      ['0:11 duplicate-key — The key `b` stands here for the second time. Remove or rename one of the two.'],
    ],
    ['an alias within its own anchor', 'a: &x [*x]\n', ['0:7 unknown-alias — There is no anchor `&x` above this line.']],
    [
      'a key that is no key',
      '__proto__: 1\n',
      ['0:0 invalid-name — `__proto__` has a special meaning in the language ict is written in and cannot be a key.'],
    ],
    ['nothing at all', '', ['0:0 empty-file — There is nothing in this file except blank lines and comments.']],
    ['comments only', '# a\n\n# b\n', ['0:0 empty-file — There is nothing in this file except blank lines and comments.']],
  ])('%s', (_name, text, expected) => expect(listProblems(text)).toEqual(expected));
});

test('ten thousand brackets are refused, not run into', () => {
  expect(parseYaml('f', `a: ${'['.repeat(10_000)}`).diagnostics.length).toBeGreaterThan(0);
});

test('a bomb of aliases is refused without being expanded', () => {
  const levels = Array.from(
    { length: 12 },
    (_, level) => `l${level + 1}: &l${level + 1} [${Array.from({ length: 10 }, () => `*l${level}`).join(', ')}]`,
  );
  const { diagnostics } = parseYaml('f', ['l0: &l0 [a]', ...levels].join('\n'));
  expect(diagnostics.map(({ code }) => code)).toEqual(['alias-expansion']);
});

const yamlPieces = fc.constantFrom(
  'a',
  ':',
  ' ',
  '\n',
  '- ',
  '[',
  ']',
  '{',
  '}',
  ',',
  '"',
  "'",
  '#',
  '&x ',
  '*x',
  '!!',
  '|',
  '>',
  '?',
  '%',
  '<<: ',
  '---\n',
  '\t',
  '\0',
  '\u{feff}',
);

test('no text makes it throw, and every place lies within the text', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(yamlPieces, { maxLength: 30 }).map((parts) => parts.join('')),
      ),
      (text) => {
        const lines = text.replace(/^\u{feff}/u, '').split(/\r\n|\r|\n/);
        const { diagnostics, value } = parseYaml('f', text);
        expect(value !== undefined || diagnostics.some(({ severity }) => severity === 'error')).toBe(true);
        for (const { source } of diagnostics) {
          for (const position of source ? [source.start, source.end] : []) {
            expect(position.line).toBeLessThan(lines.length);
            expect(position.character).toBeLessThanOrEqual(lines[position.line]?.length ?? 0);
          }
        }
      },
    ),
    { numRuns: 3000 },
  );
});

describe('nesting that would exhaust the stack', () => {
  const pieces = ['[', '{a: ', '- ', '? ', '- ? ', '[{я: ', '{? ', '&a [', '!!map {a: '];

  test.each(pieces)('a million times `%s` is refused where the hundredth level begins', (piece) => {
    const { diagnostics, value } = parseYaml('f', `servers:\n  я:\n    ${piece.repeat(1_000_000)}`);
    expect(value).toBeUndefined();
    const [problem] = diagnostics;
    expect(problem?.code).toBe('nested-too-deeply');
    // What lies behind is not even scanned.
    expect(problem?.source?.start.character).toBeLessThan(110 * piece.length);
  });

  test('keys that are collections do not double with each level', () => {
    const { diagnostics } = parseYaml('f', `${'? '.repeat(90)}x`);
    expect(JSON.stringify(diagnostics).length).toBeLessThan(10_000);
  });

  test.each([90, 100])('%d levels are read', (levels) => {
    expect(parseYaml('f', `${'['.repeat(levels)}${']'.repeat(levels)}`).diagnostics).toEqual([]);
  });

  test('ten thousand anchors with ten thousand unknown aliases are explained fifty times', () => {
    const many = (name: (at: number) => string): string => Array.from({ length: 10_000 }, (_, at) => `  ${name(at)}\n`).join('');
    const { diagnostics } = parseYaml('f', `a:\n${many((at) => `a${at}: &x${at} 1`)}b:\n${many((at) => `b${at}: *y${at}`)}`);
    expect(diagnostics).toHaveLength(50);
  });
});
