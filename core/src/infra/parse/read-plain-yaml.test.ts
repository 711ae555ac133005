import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readFullYaml } from './read-full-yaml.ts';
import { readPlainYaml } from './read-plain-yaml.ts';
import type { PositionTree } from './position-tree.ts';

/** Places in reading order, free of object identity. */
const listPlaces = (tree: PositionTree, value: unknown = tree.root): unknown =>
  typeof value === 'object' && value !== null
    ? { spans: tree.spans.get(value), members: Object.values(value).map((member) => listPlaces(tree, member)) }
    : value;

/** Asserts that what the plain reader accepts, the full parser reads the same. Says whether it was accepted. */
function expectSameAsFull(text: string): boolean {
  const plain = readPlainYaml(text);
  if (!plain) return false;
  const full = readFullYaml(text);
  expect(full.errors.map((error) => error.message)).toEqual([]);
  expect(full.problems).toEqual([]);
  expect(plain.root).toEqual(full.tree?.root);
  expect(listPlaces(plain)).toEqual(full.tree && listPlaces(full.tree));
  expect(plain.rootSpan).toEqual(full.tree?.rootSpan);
  return true;
}

describe('is read', () => {
  test.each([
    ['block mappings', 'a: 1\nb:\n  c: x y z\n  d: true\n'],
    ['comments', '# head\na: 1 # one\n\n  # odd place\nb: "#no" # yes\n'],
    ['document start', '# c\n---\na: 1\n'],
    ['lists', 'a:\n- x\n- y: 1\n  z: 2\nb:\n  - [1, 2]\n'],
    ['flow', 'a: { b: 1 GB, c: [x, \'y z\', "w"], d: {} }\n'],
    ['scalars', 'a: ~\nb: -1.5e3\nc: 007\nd: 1.\ne: .5\nf: ~/.ssh/id\ng: http://x/y:z\nh: NULL\ni: +4\n'],
    ['empty values', 'a:\nb:\n  c:\n  d:\n'],
    ['CRLF', 'a: 1\r\nb:\r\n  c: "x"\r\n'],
    ['Cyrillic and emoji', 'a: Привет мир\nb: [тест]\nc: say 🎉\n'],
    ['no line break at the end', 'a:\n  b: 1'],
    ['blanks at the end', 'a: 1   \nb: [x]   # c  \nc:    \n  d: 1 \n'],
  ])('%s', (_name, text) => expect(expectSameAsFull(text)).toBe(true));
});

describe('is left to the full parser', () => {
  test.each([
    ['anchor', 'a: &x 1\n'],
    ['alias', 'a: *x\n'],
    ['tag', 'a: !!str 1\n'],
    ['block scalar', 'a: |\n  x\n'],
    ['plain text over two lines', 'a: x\n  y\n'],
    ['duplicate key', 'a: 1\na: 2\n'],
    ['merge key', 'a:\n  <<: 1\n'],
    ['second document', 'a: 1\n---\nb: 1\n'],
    ['tab', 'a:\n\tb: 1\n'],
    ['bad indentation', 'a:\n   b: 1\n  c: 2\n'],
    ['number as a key', '1: x\n'],
    ['escape', 'a: "\\n"\n'],
    ['doubled quote', "a: 'it''s'\n"],
    ['colon in the text', 'a: b: c\n'],
    ['list at the top', '- a\n'],
    ['nothing', '# only a comment\n'],
    ['flow over two lines', 'a: [1,\n 2]\n'],
    ['hexadecimal', 'a: 0x10\n'],
  ])('%s', (_name, text) => expect(readPlainYaml(text)).toBeUndefined());
});

const pieces = fc.constantFrom(
  'a',
  'b',
  'key',
  ':',
  ': ',
  ' ',
  '  ',
  '\n',
  '\n  ',
  '\n    ',
  '- ',
  '-',
  '[',
  ']',
  '{',
  '}',
  ', ',
  ',',
  '"',
  "'",
  '#',
  ' # c',
  '1',
  '-1',
  '.5',
  '1e3',
  'true',
  'null',
  '~',
  '\r\n',
  '\t',
  '&x',
  '*x',
  '!t',
  '|',
  '>',
  '?',
  '%',
  '@',
  '---',
  '...',
  'я',
  '🎉',
  '<<',
  '\u{a0}',
  '\\',
  '0x1',
  '.inf',
  '$',
  '/',
  '.',
  '=',
  '+',
);

const scalar = fc.oneof(
  fc.constantFrom(
    'x',
    'x y',
    '1',
    '1 GB',
    '-3',
    'true',
    '"q: #"',
    "'s'",
    '~',
    'a:b',
    'a#b',
    '2.50',
    '1.e1',
    'http://h/p?q=1#f',
    '- x',
    'x: y',
    '[a, b]',
    '{ a: 1 }',
    '{}',
    '[ ]',
    '',
  ),
  fc.string({ maxLength: 6 }),
);
const lines = fc.array(
  fc
    .tuple(
      fc.integer({ min: 0, max: 3 }),
      fc.constantFrom('', '- ', '# '),
      fc.constantFrom('a', 'b', 'c', 'd_1', 'e-f', '9'),
      fc.constantFrom(': ', ':', ''),
      scalar,
    )
    .map(([indent, dash, key, colon, value]) => `${'  '.repeat(indent)}${dash}${key}${colon}${value}`),
  { maxLength: 8 },
);

test('agrees with the full parser on any text it accepts', () => {
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 14 }), (parts) => void expectSameAsFull(parts.join(''))),
    { numRuns: 20_000 },
  );
});

test('agrees with the full parser on texts that look like infra files', () => {
  fc.assert(
    fc.property(lines, fc.constantFrom('\n', '\r\n'), (parts, eol) => void expectSameAsFull(parts.join(eol))),
    { numRuns: 10_000 },
  );
});
