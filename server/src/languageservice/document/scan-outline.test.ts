import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findLineStarts } from '#core/infra/parse/line-index.ts';
import type { OutlineNode } from './outline.ts';
import { scanOutline } from './scan-outline.ts';

const scan = (text: string) => scanOutline(text, findLineStarts(text));

/** A node in one line: `key=value`, `-` for an item, `?` for other text, what it holds in parentheses. */
function print(node: OutlineNode): string {
  const name = node.kind === 'pair' ? (node.key?.text ?? '') : node.kind === 'item' ? '-' : '?';
  const value = node.value ? `=${node.value.text}` : node.isBlockText ? '=|' : '';
  return `${name}${value}${node.children.length > 0 ? `(${node.children.map(print).join(' ')})` : ''}`;
}
const outline = (text: string): string => scan(text).roots.map(print).join(' ');

describe('outlines', () => {
  test.each([
    ['pairs', 'a: 1\nb: two words # c\n', 'a=1 b=two words'],
    ['nested pairs', 'a:\n  b:\n    c: 1\n  d: 2\n', 'a(b(c=1) d=2)'],
    ['a list', 'a:\n  - x\n  - y\nb: 1\n', 'a(-=x -=y) b=1'],
    ['a list in the column of its key', 'a:\n- x\n- y\nb: 1\n', 'a(-=x -=y) b=1'],
    ['pairs in a list', 'a:\n  - p: 1\n    q: 2\n  - r: 3\n', 'a(-(p=1 q=2) -(r=3))'],
    ['a list in a list', '- - a\n  - b\n- c\n', '-(-=a -=b) -=c'],
    ['brackets', 'a: { b: 1, c: [x, "y z"], d }\n', 'a(b=1 c(-=x -=y z) ?=d)'],
    ['brackets over several lines', 'a: [x, # c\n  y,\n]\nb: 1\n', 'a(-=x -=y) b=1'],
    ['brackets in the next line', 'a:\n  [x]\nb: 1\n', 'a(-=x) b=1'],
    ['a pair in square brackets', 'a: [p: 1, q]\n', 'a(-(p=1) -=q)'],
    ['quotes', `'a''b': "c\\"d"\n`, `a'b=c"d`],
    ['a quoted key in brackets with nothing behind its colon', 'a: {"b":1}\n', 'a(b=1)'],
    ['an address', 'a: http://x:80/ # c\n', 'a=http://x:80/'],
    ['a hash in a word', 'a: b#c\n', 'a=b#c'],
    ['a block text', 'a: |\n  b: 1\n\n  c\nd: 2\n', 'a=| d=2'],
    ['anchors, aliases, tags', 'a: &x !t\n  b: *x\n  <<: *x\n', 'a(b=*x <<=*x)'],
    ['a tag above a key', 'a: !t v\n', 'a=v'],
    ['CRLF', 'a:\r\n  b: 1\r\nc: 2\r\n', 'a(b=1) c=2'],
    ['a lone CR', 'a:\r  b: 1\rc: 2', 'a(b=1) c=2'],
    ['a byte order mark', '\u{feff}a: 1\nb: 2\n', 'a=1 b=2'],
    ['tabs', 'a:\n\tb: 1\n', 'a(b=1)'],
    ['Cyrillic and emoji', 'ключ: Москва 🎉\n', 'ключ=Москва 🎉'],
    ['two documents', 'a: 1\n---\nb: 2\n', 'a=1 b=2'],
    ['a half-typed key', 'a:\n  b: 1\n  si\n  c: 2\n', 'a(b=1 ?=si c=2)'],
    ['an open bracket', 'a: [x, y\nb: 1\n', 'a(-=x -=y) b=1'],
    ['an open quote', 'a: "x\nb: 1\n', 'a="x'.replace('"', '') + ' b=1'],
    ['a text over several lines', 'a: x\n  y\nb: 1\n', 'a=x b=1'],
    ['a colon too many', 'a: b: c\n', 'a=b: c'],
    ['only brackets', '{ a: 1 }\n', '?(a=1)'],
    ['a bracket that closes nothing', 'a: ]\nb: }\n', 'a=] b=}'],
    ['nothing', '', ''],
  ])('%s', (_name, text, expected) => expect(outline(text)).toBe(expected));
});

test('nodes begin and end with what they hold', () => {
  const text = 'a:\n  b: [x,\n    y] # c\n  # c\n\n';
  const [root] = scan(text).roots;
  expect(root && text.slice(root.start, root.end)).toBe('a:\n  b: [x,\n    y]');
  expect(root?.children.map(({ start, end }) => text.slice(start, end))).toEqual(['b: [x,\n    y]']);
});

test('comments are lines of their own, outside of block texts', () => {
  expect(scan('# a\nb: |\n  # no\n# c\nd: 1 # no\n  # e\n').commentLines).toEqual([0, 3, 5]);
});

test('brackets in brackets without end are left alone', () => {
  expect(scan(`a: ${'['.repeat(50_000)}\nb: 1\n`).roots.map(({ key }) => key?.text)).toEqual(['a', 'b']);
  expect(scan(`a: ${'{b: '.repeat(50_000)}\nb: 1\n`).roots.map(({ key }) => key?.text)).toEqual(['a', 'b']);
});

test('any text has an outline whose nodes lie in each other', () => {
  const piece = fc.constantFrom(
    'a',
    ': ',
    ':',
    '\n',
    '\n  ',
    '- ',
    '[',
    ']',
    '{',
    '}',
    ',',
    '"',
    "'",
    '#',
    ' #',
    '|',
    '&x',
    '*x',
    '\t',
    '\r',
    '---\n',
    '🎉',
    '\\',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join('');
      const visit = (node: OutlineNode): void => {
        expect(node.start).toBeLessThanOrEqual(node.end);
        expect(node.end).toBeLessThanOrEqual(text.length);
        let from = node.start;
        for (const child of node.children) {
          expect(child.start).toBeGreaterThanOrEqual(from);
          expect(child.end).toBeLessThanOrEqual(node.end);
          from = child.end;
          visit(child);
        }
      };
      for (const root of scan(text).roots) visit(root);
    }),
    { numRuns: 2000 },
  );
});
