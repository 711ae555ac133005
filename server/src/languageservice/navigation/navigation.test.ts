import { describe, expect, test } from 'vitest';
import { createTextRenderer } from '#core/text/render-text.ts';
import type { OpenDocument } from '../open-document.ts';
import { applyEdits, markRanges } from '../testing/marked-text.ts';
import { openMarked, openText } from '../testing/open-marked.ts';
import { findDefinition } from './find-definition.ts';
import { findReferences, listHighlights } from './find-references.ts';
import { prepareRename, renameName } from './rename-name.ts';

const render = createTextRenderer('en');
const resolvePath = (path: string, from: string): string | undefined =>
  path === 'gone' ? undefined : `${from.slice(0, from.lastIndexOf('/'))}/${path}`;

const shared = openText('sizes:\n  tiny: { cpu: 1 }\nssh_keys:\n  k: a.pub\ndefaults: { size: tiny, image: U }\n', '/project/shared.yaml');
const head = 'version: 1\nproject: shop\ninclude: [shared.yaml]\n';

/** Each link as `FILE:TEXT WITH MARKS`, marks around what is selected. */
function definition(marked: string): readonly string[] {
  const { document, position } = openMarked(marked);
  return findDefinition([document, shared], document, position, resolvePath).map(({ targetUri, targetSelectionRange, targetRange }) => {
    const target = [document, shared].find(({ uri }) => uri === targetUri);
    const file = targetUri.split('/').at(-1) ?? '';
    if (!target) return file;
    const lines = markRanges(target.model.text, [targetSelectionRange, targetRange]).split('\n');
    return `${file}: ${lines.filter((line) => /[«»]/.test(line)).join(' / ')}`;
  });
}

describe('definition', () => {
  test.each([
    ['of a size', `${head}sizes:\n  s: { cpu: 1 }\nservers:\n  a: { size: ¦s }\n`, ['infra.yaml:   ««s»: { cpu: 1 }»']],
    ['of a size in an included file', `${head}servers:\n  a: { size: ti¦ny }\n`, ['shared.yaml:   ««tiny»: { cpu: 1 }»']],
    [
      'of an entry over several lines',
      `${head}servers:\n  a:\n    cpu: 1\ngroups:\n  g: { servers: [¦a] }\n`,
      ['infra.yaml:   ««a»: /     cpu: 1»'],
    ],
    ['of one server', `servers:\n  a: { count: 2 }\ngroups:\n  g: { servers: [a-2¦] }\n`, ['infra.yaml:   ««a»: { count: 2 }»']],
    [
      'of a name that stands twice',
      `sizes:\n  s: {}\n  s: {}\ndefaults: { size: s¦ }\n`,
      ['infra.yaml:   ««s»: {}»', 'infra.yaml:   ««s»: {}»'],
    ],
    ['of itself', `sizes:\n  s¦: {}\n`, ['infra.yaml:   ««s»: {}»']],
    ['of an include', `include: [shared¦.yaml]\n`, ['shared.yaml: «»«»sizes:']],
    ['of a playbook', `servers:\n  a:\n    playbooks:\n      - path: p/s¦.yml\n`, ['s.yml']],
    ['of a key file', `ssh_keys:\n  k: "a¦.pub"\n`, ['a.pub']],
    ['of a table of prices', `prices: ¦p.yaml\n`, ['p.yaml']],
    ['of a path to nowhere', `prices: ¦gone\n`, []],
    ['of a bundled playbook', `servers:\n  a: { playbooks: [ngi¦nx] }\n`, []],
    ['of an unknown name', `servers:\n  a: { size: ¦s }\n`, []],
    [
      'of a field that stands in for a size',
      `${head}sizes:\n  s: { cpu: 1 }\nservers:\n  a: { size: s, c¦pu: 2 }\n`,
      ['infra.yaml:   s: { ««cpu»: 1» }'],
    ],
    ['of a field that stands in for a default', `${head}defaults:\n  dc: X\nservers:\n  a:\n    dc¦: Y\n`, ['infra.yaml:   ««dc»: X»']],
    ['of a field that stands in for nothing', `${head}servers:\n  a:\n    dc¦: Y\n`, []],
    ['in a broken text', `sizes:\n  s: { cpu: [1 }\nservers:\n  a:\n    si\n  b: { size: s¦ }\n`, ['infra.yaml:   ««s»: { cpu: [1 }»']],
    ['with anchors', `sizes:\n  s: &x { cpu: 1 }\nservers:\n  a: &y { size: ¦s }\n`, ['infra.yaml:   ««s»: &x { cpu: 1 }»']],
    ['behind a byte order mark', '\u{feff}sizes:\n  s: {}\nservers:\n  a: { size: s¦ }\n', ['infra.yaml:   ««s»: {}»']],
    ['with CRLF', 'sizes:\r\n  s: {}\r\nservers:\r\n  a:\r\n    size: s¦\r\n', ['infra.yaml:   ««s»: {}»\r']],
  ])('%s', (_name, marked, expected) => expect(definition(marked)).toEqual(expected));

  test('of the key of an included file that is known', async () => {
    const { document, position } = openMarked(`${head}servers:\n  a: { im¦age: X }\n`);
    const text = shared.model.text;
    const files = { read: () => Promise.resolve(undefined), resolve: () => '/project/shared.yaml', exists: () => Promise.resolve(true) };
    await document.analysis.refresh(files, (path) => (path === '/project/shared.yaml' ? text : undefined));
    const [link] = findDefinition([document, shared], document, position, resolvePath);
    expect(link?.targetUri).toBe(shared.uri);
    expect(markRanges(text, link ? [link.targetSelectionRange] : [])).toContain('«image»: U');
  });
});

const family = (
  marked: string,
): {
  readonly documents: readonly OpenDocument[];
  readonly document: OpenDocument;
  readonly position: { line: number; character: number };
} => {
  const { document, position } = openMarked(marked);
  return { documents: [document, shared], document, position };
};

describe('references', () => {
  test('are found in all files, with the declaration or without', () => {
    const { documents, document, position } = family(`${head}servers:\n  a: { size: ti¦ny }\n  b: { size: "tiny" }\n`);
    const count = (withDeclaration: boolean) =>
      documents.map(({ uri, model }) =>
        markRanges(
          model.text,
          findReferences(documents, document, position, withDeclaration)
            .filter((place) => place.uri === uri)
            .map(({ range }) => range),
        )
          .split('\n')
          .filter((line) => line.includes('«')),
      );
    expect(count(true)).toEqual([
      ['  a: { size: «tiny» }', '  b: { size: "«tiny»" }'],
      ['  «tiny»: { cpu: 1 }', 'defaults: { size: «tiny», image: U }'],
    ]);
    expect(count(false)[1]).toEqual(['defaults: { size: «tiny», image: U }']);
  });
  test('of nothing are none', () => {
    const { documents, document, position } = family(`ver¦sion: 1\n`);
    expect(findReferences(documents, document, position, true)).toEqual([]);
  });
});

test.each([
  [
    'a name',
    'servers:\n  a: { count: 2 }\ngroups:\n  g: { servers: [a-1, a¦] }\n',
    'servers:\n  «a»: { count: 2 }\ngroups:\n  g: { servers: [«a-1», «a»] }\n',
  ],
  [
    'a path',
    'servers:\n  a: { playbooks: [x.yml¦] }\n  b: { playbooks: [path: x.yml] }\n',
    'servers:\n  a: { playbooks: [«x.yml»] }\n  b: { playbooks: [path: «x.yml»] }\n',
  ],
  [
    'a bundled playbook',
    'servers:\n  a: { playbooks: [n¦] }\n  b: { playbooks: [name: n] }\n',
    'servers:\n  a: { playbooks: [«n»] }\n  b: { playbooks: [name: «n»] }\n',
  ],
  ['nothing', 'version: ¦1\n', 'version: 1\n'],
])('highlights of %s', (_name, marked, expected) => {
  const { document, position } = openMarked(marked);
  const highlights = listHighlights(document, position);
  expect(
    markRanges(
      document.model.text,
      highlights.map(({ range }) => range),
    ),
  ).toBe(expected);
  expect(highlights.filter(({ kind }) => kind === 3).length).toBe(expected.startsWith('servers:\n  «') ? 1 : 0);
});

describe('rename', () => {
  const rename = (marked: string, newName: string): string => {
    const { documents, document, position } = family(marked);
    const renaming = renameName(documents, document, position, newName);
    if ('problem' in renaming) return render(renaming.problem);
    const changes = renaming.edit.changes ?? {};
    return documents.flatMap(({ uri, model }) => (changes[uri] ? [applyEdits(model.text, changes[uri] ?? [])] : [])).join('====\n');
  };
  const groups = 'groups:\n  g: { servers: [web, web-1, "web-2", webx] }\n';
  test.each([
    [
      'an entry with its servers',
      `servers:\n  we¦b: { count: 2 }\n  webx: {}\n${groups}`,
      'site',
      `servers:\n  site: { count: 2 }\n  webx: {}\n${groups.replace('web, web-1, "web-2"', 'site, site-1, "site-2"')}`,
    ],
    [
      'by one of its servers',
      'servers:\n  web: { count: 1 }\ngroups:\n  g: { servers: [web¦-1] }\n',
      'a',
      'servers:\n  a: { count: 1 }\ngroups:\n  g: { servers: [a-1] }\n',
    ],
    ['keeps quotes', `sizes:\n  's': {}\ndefaults: { size: "¦s" }\n`, 'm', `sizes:\n  'm': {}\ndefaults: { size: "m" }\n`],
    ['adds quotes to a number', 'sizes:\n  s: {}\ndefaults: { size: s¦ }\n', '7', `sizes:\n  '7': {}\ndefaults: { size: '7' }\n`],
    [
      'across files',
      `${head}defaults:\n  size: tin¦y\n`,
      'small',
      `${head}defaults:\n  size: small\n====\n${shared.model.text.replaceAll('tiny', 'small')}`,
    ],
    ['a group', 'groups:\n  g¦: { servers: [] }\n  h: { servers: [g] }\n', 'x', 'groups:\n  x: { servers: [] }\n  h: { servers: [x] }\n'],
    [
      'a channel',
      'notify:\n  t: { type: editor }\nalerts:\n  a: { notify: [t¦] }\n',
      'x',
      'notify:\n  x: { type: editor }\nalerts:\n  a: { notify: [x] }\n',
    ],
    ['an alert', 'alerts:\n  ¦t: {}\n', 'x', 'alerts:\n  x: {}\n'],
    [
      'in a broken text',
      'servers:\n  a¦:\n    si\n  b: [\ngroups:\n  g: { servers: [a] }\n',
      'x',
      'servers:\n  x:\n    si\n  b: [\ngroups:\n  g: { servers: [x] }\n',
    ],
    ['to the name it has', 'servers:\n  a¦: {}\n', 'a', ''],
    [
      'to no name',
      'servers:\n  a¦: {}\n',
      'a b',
      '`a b` is no name: letters, digits, `_` and `-`, first a letter or digit, at most 50 characters, and not one of Ansible’s own.',
    ],
    ['to a name that is taken', 'servers:\n  a¦: {}\n  b: {}\n', 'b', 'The name `b` is already taken.'],
    ['to a name that is taken in another file', `sizes:\n  s¦: {}\n`, 'tiny', 'The name `tiny` is already taken.'],
    ['to the name of a server', 'servers:\n  a¦: {}\n  b: { count: 2 }\n', 'b-2', 'The name `b-2` is already taken.'],
    ['to the name of a group', 'servers:\n  a¦: {}\ngroups:\n  g: { servers: [] }\n', 'g', 'The name `g` is already taken.'],
    ['whose servers would take a name', 'servers:\n  a¦: { count: 2 }\n  b-2: {}\n', 'b', 'The name `b-2` is already taken.'],
    [
      'whose servers would get long names',
      'servers:\n  a¦: { count: 2 }\n',
      'x'.repeat(49),
      `The server \`${'x'.repeat(49)}-1\` would get a name of more than 50 characters.`,
    ],
    ['of a bundled playbook', 'servers:\n  a: { playbooks: [n¦] }\n', 'x', 'There is no name here that can be renamed.'],
    ['of an unknown target', 'groups:\n  g: { servers: [n¦] }\n', 'x', 'There is no name here that can be renamed.'],
  ])('%s', (_name, marked, newName, expected) => expect(rename(marked, newName)).toBe(expected));

  test.each([
    ['a quoted name', 'sizes:\n  "s¦": {}\n', 'sizes:\n  "«s»": {}\n', 's'],
    [
      'one server',
      'servers:\n  w: { count: 2 }\ngroups:\n  g: { servers: [w-2¦] }\n',
      'servers:\n  w: { count: 2 }\ngroups:\n  g: { servers: [«w»-2] }\n',
      'w',
    ],
    ['a path', 'prices: ¦p\n', 'prices: p\n', undefined],
  ])('begins with %s', (_name, marked, expected, placeholder) => {
    const { document, position } = openMarked(marked);
    const place = prepareRename(document, position);
    expect(markRanges(document.model.text, place ? [place.range] : [])).toBe(expected);
    expect(place?.placeholder).toBe(placeholder);
  });
});
