import { describe, expect, test } from 'vitest';
import { SymbolKind, type DocumentSymbol, type SelectionRange } from 'vscode-languageserver-types';
import { applyEdits, markRanges } from '../testing/marked-text.ts';
import { openMarked, openText } from '../testing/open-marked.ts';
import { findWorkspaceSymbols } from './find-workspace-symbols.ts';
import { formatDocument, formatRange } from './format-document.ts';
import { listFoldingRanges } from './list-folding-ranges.ts';
import { listLinks } from './list-links.ts';
import { listSelectionRanges } from './list-selection-ranges.ts';
import { flattenSymbols, listSymbols } from './list-symbols.ts';

const printSymbol = ({ name, detail, children = [] }: DocumentSymbol): string =>
  `${name}${detail === undefined ? '' : `=${detail}`}${children.length > 0 ? `(${children.map(printSymbol).join('; ')})` : ''}`;
const symbols = (text: string): string => listSymbols(openText(text)).map(printSymbol).join(' | ');

describe('symbols', () => {
  test.each([
    ['plain keys', 'version: 1\nproject: shop # c\n', 'version=1 | project=shop'],
    ['servers', 'servers:\n  a: { size: small, count: 2 }\n  b:\n    cpu: 1\n    ram: 1 GB\n  c:\n', 'servers(a=small × 2; b=1 · 1 GB; c)'],
    ['sizes', 'sizes:\n  s: { cpu: 1, ram: 1 GB, disk: 10 GB, disk_type: SAS }\n', 'sizes(s=1 · 1 GB · 10 GB · SAS)'],
    ['keys', 'ssh_keys:\n  k: ~/.ssh/id.pub\n', 'ssh_keys(k=~/.ssh/id.pub)'],
    ['a long key', `ssh_keys:\n  k: ${'x'.repeat(99)}\n`, `ssh_keys(k=${'x'.repeat(59)}…)`],
    ['networks', 'networks:\n  n: { dc: X }\n  m: {}\n', 'networks(n=X; m)'],
    ['groups', 'groups:\n  g:\n    servers:\n      - a\n      - b\n', 'groups(g=a, b)'],
    ['alerts', 'alerts:\n  a: { metric: cpu, above: 90% }\n  b: { metric: disk, below: 5 }\n', 'alerts(a=cpu > 90%; b=disk < 5)'],
    ['channels', 'notify:\n  t: { type: editor }\n', 'notify(t=editor)'],
    [
      'schedules',
      'schedules:\n  a: { action: stop, cron: "0 1 * * *" }\n  b: { action: plan, every: 1h }\n',
      'schedules(a=stop 0 1 * * *; b=plan 1h)',
    ],
    ['fields of a section without entries', 'defaults:\n  dc: X\n  vars: { a: 1 }\n', 'defaults(dc=X; vars)'],
    ['a section in brackets', 'servers: { a: { size: s } }\n', 'servers(a=s)'],
    ['everything in brackets', '{ servers: { a: { size: s } }, version: 1 }\n', 'servers(a=s) | version=1'],
    ['an unknown section', 'foo:\n  bar: 1\n', 'foo(bar=1)'],
    ['a broken entry', 'servers:\n  a:\n    size: s\n    co\n  b: [\n  c: {}\n', 'servers(a=s; b; c)'],
    ['a name without a colon', 'servers:\n  a\n  b: {}\n', 'servers(b)'],
    ['an empty name', 'servers:\n  "": {}\n', 'servers("")'],
    ['anchors', 'servers:\n  a: &a { size: s }\n  b:\n    <<: *a\n    count: 2\n', 'servers(a=s; b=× 2)'],
    ['a byte order mark', '\u{feff}version: 1\nservers:\n  a: {}\n', 'version=1 | servers(a)'],
    ['CRLF, Cyrillic and emoji', 'servers:\r\n  веб:\r\n    size: мал 🎉\r\n', 'servers(веб=мал 🎉)'],
    ['nothing', '', ''],
  ])('%s', (_name, text, expected) => expect(symbols(text)).toBe(expected));

  test('cover their names, and everything in them without trailing comments', () => {
    const text = '# c\nservers: # c\n  "a": # c\n    cpu: 1 # c\n    # c\n\n  b: {}\n\n# c\nlimits:\n  max_deletes: 1\n';
    const all = listSymbols(openText(text)).flatMap((symbol) => [symbol, ...(symbol.children ?? [])]);
    expect(
      markRanges(
        text,
        all.map(({ selectionRange }) => selectionRange),
      ),
    ).toBe(
      text
        .replace('servers', '«servers»')
        .replace('"a"', '«"a"»')
        .replace('b:', '«b»:')
        .replace('limits', '«limits»')
        .replace('max_deletes', '«max_deletes»'),
    );
    expect(
      markRanges(
        text,
        all.map(({ range }) => range),
      ),
    ).toBe('# c\n«servers: # c\n  «"a": # c\n    cpu: 1 # c»\n    # c\n\n  «b: {}»»\n\n# c\n«limits:\n  «max_deletes: 1»»\n');
  });

  test('without a hierarchy carry the name of their section', () => {
    const flat = flattenSymbols('u', listSymbols(openText('servers:\n  a: {}\n')));
    expect(flat.map(({ name, containerName, kind }) => [name, containerName, kind])).toEqual([
      ['servers', undefined, SymbolKind.Namespace],
      ['a', 'servers', SymbolKind.Object],
    ]);
  });
});

test.each([
  ['all', '', ['web', 'db', 'small']],
  ['a part, in any case', 'B', ['web', 'db']],
  ['letters in their order', 'wb', ['web']],
  ['first those with the query itself', 'l', ['small']],
  ['none', 'bd', []],
])('symbols of the workspace: %s', (_name, query, expected) => {
  const documents = [openText('version: 1\nservers:\n  web: {}\n  db: {}\n'), openText('sizes:\n  small: {}\n', '/other.yaml')];
  expect(findWorkspaceSymbols(documents, query).map(({ name }) => name)).toEqual(expected);
});

/** A text with the folded lines of each range in front, as `FIRST-LAST`. */
const folds = (text: string): string =>
  listFoldingRanges(openText(text))
    .map(({ startLine, endLine, kind }) => `${startLine}-${endLine}${kind === undefined ? '' : ` ${kind}`}`)
    .join(', ');

describe('folding', () => {
  test.each([
    ['sections and entries', 'servers:\n  a:\n    cpu: 1\n    ram: 1 GB\n\n  # c\n  b: {}\n\nlimits: {}\n', '0-6, 1-3'],
    ['nested blocks', 'servers:\n  a:\n    app:\n      health:\n        url: x\n    cpu: 1\n', '0-5, 1-5, 2-4, 3-4'],
    ['items with their first key', 'servers:\n  a:\n    playbooks:\n      - path: x\n        tags: [y]\n      - z\n', '0-5, 1-5, 2-5, 3-4'],
    ['brackets', 'servers:\n  a: {\n    cpu: 1,\n  }\n  b: [x,\n    y]\n', '0-5, 1-2, 4-5'],
    [
      'comments that stand together',
      '# a\n# b\nversion: 1\nservers:\n  # c\n  a:\n    # d\n    # e\n    cpu: 1\n    # f\n',
      '0-1 comment, 3-8, 5-8, 6-7 comment',
    ],
    ['a block text', 'servers:\n  a:\n    vars:\n      t: |\n        x\n\n        y\n    cpu: 1\n', '0-7, 1-7, 2-6, 3-6'],
    ['a section without entries', 'defaults:\n  dc: X\n  vars:\n    a: 1\n', '0-3, 2-3'],
    ['broken text', 'servers:\n  a:\n    si\n  b: [\n    x\n', '0-4, 1-2, 3-4'],
    ['CRLF', 'servers:\r\n  a:\r\n    cpu: 1\r\n  b: {}\r\n', '0-3, 1-2'],
    ['tabs', 'servers:\n  a:\n\t\tcpu: 1\n', '0-2, 1-2'],
    ['a byte order mark', '\u{feff}servers:\n  a:\n    cpu: 1\n', '0-2, 1-2'],
    ['one line', 'version: 1\n', ''],
    ['a section with nothing but a broken name', 'servers:\n  a\n', '0-1'],
  ])('%s', (_name, text, expected) => expect(folds(text)).toBe(expected));
});

const selections = (marked: string): readonly string[] => {
  const { document, position, text } = openMarked(marked);
  const texts: string[] = [];
  for (let at: SelectionRange | undefined = listSelectionRanges(document, [position])[0]; at; at = at.parent) {
    const shown = markRanges(text, [at.range]);
    texts.push(shown.slice(shown.indexOf('«') + 1, shown.indexOf('»')));
  }
  return texts;
};

describe('selections grow', () => {
  test.each([
    [
      'from a quoted value',
      'servers:\n  a: { size: "s¦m" }\n  b: {}\n',
      ['sm', '"sm"', 'size: "sm"', ' size: "sm" ', '{ size: "sm" }', 'a: { size: "sm" }', 'servers:\n  a: { size: "sm" }\n  b: {}\n'],
    ],
    ['from a key', 'defaults:\n  d¦c: X\n', ['dc', 'dc: X', 'defaults:\n  dc: X', 'defaults:\n  dc: X\n']],
    ['from an item', 'include:\n  - a¦b\n', ['ab', '- ab', 'include:\n  - ab', 'include:\n  - ab\n']],
    ['from a comment', '# ¦c\nversion: 1\n', ['# c\nversion: 1\n']],
    ['in broken text', 'servers:\n  a:\n    si¦\n', ['si', 'a:\n    si', 'servers:\n  a:\n    si\n']],
    ['in an empty text', '¦', ['']],
  ])('%s', (_name, marked, expected) => expect(selections(marked)).toEqual(expected));
});

test('links lead to files, not to folders or nowhere', () => {
  const document = openText(
    'include: [a.yaml, gone]\nprices: "p.yaml"\nssh_keys:\n  k: k.pub\n  l: ssh-ed25519 AAAA\nservers:\n  a:\n    playbooks: [nginx, { path: x.yml }, y/z.yml]\n    app: { source: . }\n',
  );
  const links = listLinks(document, (path, from) => (path === 'gone' ? undefined : `${from}/${path}`));
  expect(links.map(({ target }) => target?.slice(document.uri.length + 1))).toEqual(['a.yaml', 'p.yaml', 'k.pub', 'x.yml', 'y/z.yml']);
  expect(
    markRanges(
      document.model.text,
      links.map(({ range }) => range),
    ).split('\n')[1],
  ).toBe('prices: "«p.yaml»"');
});

describe('formatting', () => {
  test.each([
    ['nothing to do', 'version: 1\nservers:\n  a: { size: s }\n', []],
    ['indentation', 'servers:\n    a:\n        size: s\n', ['1:2 -2 ""', '2:4 -4 ""']],
    ['brackets', 'servers:\n  a: {size: s}\n', ['1:6 -7 " size: s "']],
    ['blank lines', 'a: 1\n\n\n\nb: 2\n\n\n', ['2:0 -2 ""', '5:0 -2 ""']],
    ['no line break at the end', 'a: 1', ['0:4 -0 "\\n"']],
    ['mixed line breaks', 'a: 1\r\nb: 2\n', ['1:4 -1 "\\r\\n"']],
    ['a text with mistakes', 'a: [\n   b: 1\n', []],
  ])('%s', (_name, text, expected) => {
    const edits = formatDocument(openText(text));
    const print = edits.map(({ range: { start, end }, newText }) => {
      const length =
        end.line === start.line
          ? end.character - start.character
          : text.split('\n').slice(start.line, end.line).join('\n').length + 1 - start.character + end.character;
      return `${start.line}:${start.character} -${length} ${JSON.stringify(newText)}`;
    });
    expect(print).toEqual(expected);
    expect(formatDocument(openText(applyEdits(text, edits)))).toEqual([]);
  });

  test('changes single places of a line, and leaves the lines around alone', () => {
    const text = '\u{feff}version: 1\nservers:\n  a: {size: s}   # c\n  b:   { cpu: 1 }\n';
    const edits = formatDocument(openText(text));
    expect(applyEdits(text, edits)).toBe('\u{feff}version: 1\nservers:\n  a: { size: s } # c\n  b: { cpu: 1 }\n');
    expect(edits.every(({ range }) => range.start.line >= 2)).toBe(true);
  });

  test('of a range changes its lines alone where that is safe', () => {
    const text = 'sizes:\n  s: {cpu: 1}\nservers:\n  a: {size: s}\n  b: {size: s}\n';
    const range = { start: { line: 3, character: 0 }, end: { line: 3, character: 5 } };
    expect(applyEdits(text, formatRange(openText(text), range))).toBe(text.replace('a: {size: s}', 'a: { size: s }'));
  });

  test('of a range takes its section with it where the meaning would change', () => {
    const text = 'sizes:\n    s: {cpu: 1}\nservers:\n    a: {size: s}\n    b: {size: s}\n';
    const range = { start: { line: 3, character: 0 }, end: { line: 3, character: 5 } };
    expect(applyEdits(text, formatRange(openText(text), range))).toBe(
      'sizes:\n    s: {cpu: 1}\nservers:\n  a: { size: s }\n  b: { size: s }\n',
    );
  });

  test('of a range with nothing to do gives nothing', () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    expect(formatRange(openText('version: 1\n'), range)).toEqual([]);
    expect(formatRange(openText('a: [\n'), range)).toEqual([]);
  });
});
