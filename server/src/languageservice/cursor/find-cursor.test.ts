import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isMap, isPair, isScalar, isSeq, parseDocument, stringify, visit } from 'yaml';
import type { ValuePath } from '#core/infra/parse/position-tree.ts';
import { openMarked, openText, toPosition } from '../testing/open-marked.ts';
import { findCursor } from './find-cursor.ts';
import { findText } from './scanned.ts';

/** `kind path "prefix|rest"` and what else is unusual about the place. */
function print(marked: string): string {
  const { document, position } = openMarked(marked);
  const cursor = findCursor(document, position);
  if (!cursor) return 'nothing';
  const { kind, path, word, prefix, range } = cursor;
  expect(range.start.line).toBe(position.line);
  expect(range.start.character).toBe(position.character - prefix.length);
  expect(word.startsWith(prefix)).toBe(true);
  const flags = (['hasColon', 'needsSpace', 'needsSpaceAfter', 'needsDash'] as const).filter((flag) => cursor[flag]);
  const typed = word === '' ? '' : ` "${prefix}|${word.slice(prefix.length)}"`;
  return [`${kind} ${path.join('.')}@${cursor.indent}${typed}`, ...flags].join(' ');
}

const servers = 'version: 1\nservers:\n  web:\n    size: small\n';

describe('block style', () => {
  test.each([
    ['an empty file', '¦', 'key @0'],
    ['an empty file with a blank', '  ¦', 'nothing'],
    ['the first word', 'ver¦', 'key @0 "ver|"'],
    ['a line between sections', 'version: 1\n¦\nservers: {}\n', 'key @0'],
    ['a half-typed section behind entries', `${servers}gro¦`, 'key @0 "gro|"'],
    ['an empty line behind entries', `${servers}¦`, 'key @0'],
    ['an empty line in the column of entries', `${servers}  ¦`, 'key servers@2'],
    ['an empty line in the column of fields', `${servers}    ¦`, 'key servers.web@4'],
    ['an empty line between the columns', `${servers}   ¦`, 'nothing'],
    ['an empty line deeper than a finished field', `${servers}      ¦`, 'nothing'],
    ['a half-typed field', `${servers}    im¦`, 'key servers.web@4 "im|"'],
    ['a half-typed field before others', 'servers:\n  web:\n    im¦\n    size: small\n', 'key servers.web@4 "im|"'],
    ['a half-typed field in the middle of the word', `${servers}    im¦age`, 'key servers.web@4 "im|age"'],
    ['a key with a value', 'servers:\n  web:\n    si¦ze: small\n', 'key servers.web@4 "si|ze" hasColon'],
    ['right behind a key', 'servers:\n  web:\n    size¦: small\n', 'key servers.web@4 "size|" hasColon'],
    ['right behind a colon', 'servers:\n  web:\n    size:¦\n', 'value servers.web.size@4 needsSpace'],
    ['an empty value', 'servers:\n  web:\n    size: ¦\n', 'value servers.web.size@4'],
    ['an empty value before a comment', 'servers:\n  web:\n    size: ¦ # c\n', 'value servers.web.size@4'],
    ['a half-typed value', 'servers:\n  web:\n    size: sm¦\n', 'value servers.web.size@4 "sm|"'],
    ['a value with blanks', 'servers:\n  web:\n    image: Ubuntu 20¦.4 x64\n', 'value servers.web.image@4 "Ubuntu 20|.4 x64"'],
    ['a value that ends with a blank', 'servers:\n  web:\n    image: Ubuntu ¦\n', 'value servers.web.image@4 "Ubuntu |"'],
    ['the start of a value', 'servers:\n  web:\n    image: ¦Ubuntu\n', 'value servers.web.image@4 "|Ubuntu"'],
    ['the first line below an entry', 'servers:\n  web:\n    ¦\n', 'open servers.web@4'],
    ['the first word below an entry', 'servers:\n  web:\n    si¦\n  db: {}\n', 'open servers.web@4 "si|"'],
    ['the first line below a section', 'servers:\n  ¦\n', 'open servers@2'],
    ['a line before the first entry', 'servers:\n  ¦\n  web: {}\n', 'key servers@2'],
    ['a line before the first entry in another column', 'servers:\n    ¦\n  web: {}\n', 'nothing'],
    ['a line before the first field', 'servers:\n  web:\n    ¦\n    size: s\n', 'key servers.web@4'],
    ['a line before the first field in another column', 'servers:\n  web:\n      ¦\n    size: s\n', 'nothing'],
    ['a section that is no list of entries', 'limits:\n  max¦\n', 'open limits@2 "max|"'],
    ['deeper mappings', 'servers:\n  web:\n    app:\n      health:\n        wi¦\n', 'open servers.web.app.health@8 "wi|"'],
    ['four columns', 'servers:\n    web:\n        ¦\n', 'open servers.web@8'],
    ['left of the text', 'servers:\n  web:\n  ¦  size: s\n', 'nothing'],
    ['inside of a comment', 'servers:\n  web: # si¦\n', 'nothing'],
    ['inside of a comment line', 'servers:\n  # si¦\n', 'nothing'],
    ['behind a value, in its comment', 'a: b # c¦\n', 'nothing'],
    ['a block scalar', 'vars:\n  a: |\n    text ¦\n', 'nothing'],
    ['a line below a block scalar', 'a: |\n  text\n¦', 'key @0'],
    ['a quoted value', 'a: "Ub¦"\n', 'value a@0 ""Ub|""'],
    ['a quoted value that is not closed', "servers:\n  web:\n    image: 'Ub¦\n    size: s\n", `value servers.web.image@4 "'Ub|"`],
    ['a quoted text over lines', 'a: "one\n  tw¦o"\n', 'nothing'],
    ['behind a quoted text', 'a: "one" ¦\n', 'nothing'],
    ['a quoted key', '"a¦": 1\n', 'key @0 ""a|"" hasColon'],
    ['a document start', '--¦-\na: 1\n', 'nothing'],
    ['an anchor', 'a: &na¦me x\n', 'nothing'],
    ['behind an anchor', 'servers:\n  web: &a\n    ¦\n', 'open servers.web@4'],
    ['a value with a colon in it', 'a: http://x¦\n', 'value a@0 "http://x|"'],
    ['a text below its key', 'a:\n  wo¦\n', 'open a@2 "wo|"'],
    ['a byte order mark', '\u{feff}ver¦: 1\n', 'key @0 "ver|" hasColon'],
    ['Cyrillic', 'servers:\n  web:\n    image: Убун¦ту\n', 'value servers.web.image@4 "Убун|ту"'],
    ['emoji before the cursor', 'a: { b: 🎉🎉, im¦ }\n', 'key a@-1 "im|"'],
    ['CRLF', 'servers:\r\n  web:\r\n    ¦\r\n    size: s\r\n', 'key servers.web@4'],
    ['CRLF and a half-typed value', 'a: b¦\r\nc: d\r\n', 'value a@0 "b|"'],
    ['tabs', 'servers:\n\tweb:\n\t\tsi¦\n', 'open servers.web@2 "si|"'],
    ['an unclosed bracket above', 'servers:\n  web:\n    networks: [back\n    si¦\n', 'key servers.web@4 "si|"'],
    ['an unclosed bracket in the entry above', 'servers:\n  web:\n    networks: [back\n  db:\n    si¦\n', 'open servers.db@4 "si|"'],
    ['a colon without a key above', 'servers:\n  web:\n    : x\n    si¦\n', 'open servers.web@4 "si|"'],
  ])('%s', (_name, marked, expected) => expect(print(marked)).toBe(expected));
});

describe('lists', () => {
  test.each([
    ['an empty item', 'a:\n  - ¦\n', 'item a.0@2'],
    ['right behind a dash', 'a:\n  -¦\n', 'item a.0@2 needsSpace'],
    ['a half-typed item', 'a:\n  - x\n  - ng¦\n', 'item a.1@2 "ng|"'],
    ['a line in the column of the dashes', 'a:\n  - x\n  ¦\n', 'item a.1@2 needsDash'],
    ['a line before the first dash', 'a:\n  ¦\n  - x\n', 'item a.0@2 needsDash'],
    ['a list in the column of its key', 'a:\n- x\n- y¦\n', 'item a.1@0 "y|"'],
    ['a line below such a list', 'servers:\n  w:\n    a:\n    - x\n    ¦\n', 'key servers.w@4'],
    ['a key in an item', 'a:\n  - pa¦th: x\n', 'key a.0@4 "pa|th" hasColon'],
    ['a second key in an item', 'a:\n  - path: x\n    ta¦\n', 'key a.0@4 "ta|"'],
    ['a value in an item', 'a:\n  - path: x¦\n', 'value a.0.path@4 "x|"'],
    ['a line below a dash', 'a:\n  -\n    ¦\n', 'open a.0@4'],
    ['lists in lists', 'a:\n  - - x\n    - y¦\n', 'item a.0.1@4 "y|"'],
    ['an item with a comment', 'a:\n  - x # c¦\n', 'nothing'],
    ['a mapping in braces', 'a:\n  - { pa¦ }\n', 'key a.0@-1 "pa|"'],
    ['before a dash', 'a:\n  ¦- x\n', 'nothing'],
    ['a quoted item', 'a:\n  - "x¦"\n', 'item a.0@2 ""x|""'],
  ])('%s', (_name, marked, expected) => expect(print(marked)).toBe(expected));
});

describe('brackets', () => {
  test.each([
    ['empty braces', 'a: {¦}\n', 'key a@-1 needsSpace needsSpaceAfter'],
    ['empty braces with blanks', 'a: { ¦ }\n', 'key a@-1'],
    ['a half-typed key', 'a: { b: 1, cp¦ }\n', 'key a@-1 "cp|"'],
    ['a key with a value', 'a: { c¦p: 1 }\n', 'key a@-1 "c|p" hasColon'],
    ['right behind a colon', 'a: { cpu:¦ }\n', 'value a.cpu@-1 needsSpace'],
    ['an empty value', 'a: { cpu: ¦ }\n', 'value a.cpu@-1'],
    ['an empty value before a comma', 'a: { cpu: ¦, ram: 1 }\n', 'value a.cpu@-1'],
    ['a half-typed value', 'a: { ram: 1 G¦, disk: 1 }\n', 'value a.ram@-1 "1 G|"'],
    ['a value that ends with a blank', 'a: { ram: 1 ¦ }\n', 'value a.ram@-1 "1 |"'],
    ['behind a comma', 'a: { cpu: 1, ¦ }\n', 'key a@-1'],
    ['an empty list', 'a: [¦]\n', 'item a.0@-1'],
    ['a second item', 'a: [x, ¦]\n', 'item a.1@-1'],
    ['a half-typed item', 'a: [x, y¦]\n', 'item a.1@-1 "y|"'],
    ['an inner list', 'a: { b: [x, ¦] }\n', 'item a.b.1@-1'],
    ['an inner mapping', 'a: [{ b¦ }]\n', 'key a.0@-1 "b|"'],
    ['behind an inner list', 'a: { b: [x], c¦ }\n', 'key a@-1 "c|"'],
    ['not closed', 'a: { cpu: 1, r¦\n', 'key a@-1 "r|"'],
    ['a list that is not closed', 'servers:\n  web:\n    networks: [ba¦\n    size: s\n', 'item servers.web.networks.0@-1 "ba|"'],
    ['several lines', 'a: {\n  b: 1,\n  c¦\n}\n', 'key a@-1 "c|"'],
    ['an empty line in several', 'a: [\n  x,\n  ¦\n]\n', 'item a.1@-1'],
    ['a comment in them', 'a: [\n  x, # y¦\n]\n', 'nothing'],
    ['a quoted value', "a: { cron: '0 ¦' }\n", `value a.cron@-1 "'0 |'"`],
    ['a quoted value that is not closed', "a: { cron: '0 ¦\nb: 1\n", `value a.cron@-1 "'0 |"`],
    ['a line below brackets', 'a: [x]\n¦', 'key @0'],
    ['behind closed brackets', 'a: [x] ¦\n', 'nothing'],
    ['a whole file in braces', '{ version: 1, pro¦ }', 'key @-1 "pro|"'],
    ['an address in a value', 'a: { url: http://x/¦ }\n', 'value a.url@-1 "http://x/|"'],
    ['an entry in one line', 'sizes:\n  s: { cpu: 1, ra¦ }\n', 'key sizes.s@-1 "ra|"'],
  ])('%s', (_name, marked, expected) => expect(print(marked)).toBe(expected));
});

test.each([
  ['keys above and below', 'servers:\n  web:\n    size: s\n    ¦\n    count: 1\n', ['size', 'count'], ['image']],
  ['sections', 'version: 1\n¦\nservers: {}\nsizes:\n  s: { cpu: x\n', ['version', 'servers', 'sizes'], ['groups']],
  ['entries in other chunks', 'servers:\n  a: {}\n  ¦\n  b: {}\n', ['a', 'b'], ['c']],
  ['items', 'a: [x, ¦, y]\n', ['x', 'y'], ['z']],
  ['not the key that is typed', 'servers:\n  web:\n    si¦ze: s\n    count: 1\n', ['count'], ['size']],
])('what is there already: %s', (_name, marked, present, absent) => {
  const { document, position } = openMarked(marked);
  const cursor = findCursor(document, position);
  expect([...present, ...absent].filter((name) => cursor?.isPresent(name))).toEqual(present);
});

test('the lines around can be asked for their texts, broken or not', () => {
  const { document, position } = openMarked('servers:\n  web:\n    dc: "Мск"\n    tags: [a\n    image: ¦\n    count: 2 # c\n');
  const root = findCursor(document, position)?.root;
  expect(['dc', 'tags', 'image', 'count'].map((key) => findText(root, ['servers', 'web', key]))).toEqual([
    'Мск',
    undefined,
    undefined,
    '2',
  ]);
});

const word = fc.constantFrom(
  'a',
  'b',
  'key',
  'web-1',
  'ключ',
  'x y',
  'http://h/p',
  '-1001',
  '90%',
  "it's",
  '0 20 * * 1-5',
  '🎉',
  '#x',
  'a: b',
  '',
  'true',
  '~/.ssh/k.pub',
);
const tree = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'tree' },
    word,
    fc.integer({ min: 0, max: 99 }),
    fc.array(tie('node'), { maxLength: 3, depthIdentifier: 'tree' }),
    fc.dictionary(word, tie('node'), { maxKeys: 3, depthIdentifier: 'tree' }),
  ),
})).node;
const styles = fc.record({
  flow: fc.double({ min: 0, max: 1, noNaN: true }),
  indent: fc.constantFrom(2, 4),
  indentSeq: fc.boolean(),
  crlf: fc.boolean(),
});

test('on sound documents the path by lines is the path by the parser, for every text of them', () => {
  let compared = 0;
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom('servers', 'sizes', 'a', 'limits'), tree, { minKeys: 1, maxKeys: 3 }),
      styles,
      (value, style) => {
        const draft = parseDocument(stringify(value, { lineWidth: 0 }));
        let count = 0;
        visit(draft, {
          Collection: (_, node, ancestors) => {
            count += 1;
            if (ancestors.length > 1 && (count * style.flow) % 1 > 0.6) node.flow = true;
          },
        });
        const lf = draft.toString({ lineWidth: 0, indent: style.indent, indentSeq: style.indentSeq });
        const text = style.crlf ? lf.replaceAll('\n', '\r\n') : lf;
        const document = openText(text);
        for (const { path, offset, part } of listScalars(text)) {
          const cursor = findCursor(document, toPosition(text, offset));
          const found = cursor && (part === 'key' ? [...cursor.path, unquote(cursor.word)] : cursor.path);
          expect({ text, offset, part, path: found }).toEqual({ text, offset, part, path });
          compared += 1;
        }
      },
    ),
    { numRuns: 400 },
  );
  expect(compared).toBeGreaterThan(1000);
});

const unquote = (text: string): unknown => (parseDocument(text).contents as { value?: unknown } | null)?.value ?? text;

/** Every key and text that stands on one line, with an offset in it. */
function listScalars(text: string): readonly { path: ValuePath; offset: number; part: 'key' | 'value' }[] {
  const found: { path: ValuePath; offset: number; part: 'key' | 'value' }[] = [];
  const walk = (node: unknown, path: ValuePath): void => {
    if (isMap(node))
      for (const pair of node.items) {
        if (!isPair(pair) || !isScalar(pair.key)) continue;
        const name = String(pair.key.value);
        add(pair.key, [...path, name], 'key');
        walk(pair.value, [...path, name]);
      }
    else if (isSeq(node)) for (const [index, item] of node.items.entries()) walk(item, [...path, index]);
    else add(node, path, 'value');
  };
  const add = (node: unknown, path: ValuePath, part: 'key' | 'value'): void => {
    if (!isScalar(node) || !node.range || node.type === 'BLOCK_FOLDED' || node.type === 'BLOCK_LITERAL') return;
    const [start, end] = node.range;
    if (start === end || /[\r\n]/.test(text.slice(start, end)) || text.slice(0, start).endsWith('? ')) return;
    found.push({ path, offset: start + ((end - start) >> 1), part });
  };
  walk(parseDocument(text).contents, []);
  return found;
}
