import { expect, test } from 'vitest';
import { CodeActionKind, type CodeAction } from 'vscode-languageserver-types';
import type { LanguageRequest } from '../language-request.ts';
import { applyEdits } from '../testing/apply-edits.ts';
import { openMarked, openText } from '../testing/open-marked.ts';
import { createRequest, plainEditor, SAMPLE_NOW, sampleValues } from '../testing/sample-request.ts';
import { listActions } from './list-actions.ts';

const request = createRequest();
const head = 'version: 1\nproject: shop\ndefaults: { dc: Xelent, image: Ubuntu 20.4 x64, cpu: 1, ram: 1 GB, disk: 10 GB }\n';

/** What can be done at the mark, with all problems of the text. */
function list(marked: string, only?: readonly string[], by: LanguageRequest = request): readonly CodeAction[] {
  const { document, position } = openMarked(marked);
  return listActions(document, { start: position, end: position }, document.analysis.getDiagnostics(), by, only);
}

const titles = (actions: readonly CodeAction[]): readonly string[] => actions.map(({ title }) => title);

test('a correction is preferred to taking the key out, and says which problem it is for', () => {
  const actions = list(`${head}servers:\n  web:\n    net¦wors: []\n`, [CodeActionKind.QuickFix]);
  expect(actions.map(({ title, isPreferred }) => [title, isPreferred])).toEqual([
    ['Replace with `networks`', true],
    ['Remove `networs`', undefined],
  ]);
  expect(actions[0]?.data).toEqual({ code: 'unknown-key', line: 5, character: 4 });
});

test('of several choices none is preferred', () => {
  const actions = list(
    'version: 1\nproject: shop\ndefaults: { image: Debian 11, cpu: 1, ram: 1 GB, disk: 20 GB }\nservers:\n  w¦eb: {}\n',
    ['quickfix'],
  );
  expect(titles(actions)).toEqual(['Xelent', 'Xelent-2', 'DataSpace', 'Vld01', 'Nsk01'].map((dc) => `Add \`dc: ${dc}\``));
  expect(actions.some(({ isPreferred }) => isPreferred)).toBe(false);
});

test.each([
  [
    'a duplicate within an entry',
    `${head}servers:\n  web:\n    pow¦er: on\n    count: 2\n    power: off\n`,
    `${head}servers:\n  web:\n    power: on\n    count: 2\n`,
  ],
  ['a duplicate in braces', `${head}servers:\n  web: { pow¦er: on, power: off }\n`, `${head}servers:\n  web: { power: on }\n`],
  ['the last key of an entry in lines', `${head}servers:\n  web:\n    zz¦z: 1\n`, `${head}servers:\n  web: {}\n`],
  [
    'a key with lines below it',
    `${head}servers:\n  web:\n    zz¦z:\n      a: 1\n      b: [1,\n        2]\n    power: on\n`,
    `${head}servers:\n  web:\n    power: on\n`,
  ],
  [
    'a repeated item in lines',
    `${head}networks: { back: {} }\nservers:\n  web:\n    networks:\n      - back\n      - ba¦ck\n`,
    `${head}networks: { back: {} }\nservers:\n  web:\n    networks:\n      - back\n`,
  ],
  [
    'missing keys of a nested mapping',
    `${head}servers:\n  web:\n    ap¦p:\n      keep_releases: 3\n`,
    `${head}servers:\n  web:\n    app:\n      source: .\n      dest: /srv/app\n      keep_releases: 3\n`,
  ],
  [
    'a path and a name',
    `${head}servers:\n  web:\n    playbooks:\n      - nginx\n      - pa¦th: a.yml\n        name: nginx\n`,
    `${head}servers:\n  web:\n    playbooks:\n      - nginx\n      - path: a.yml\n`,
  ],
])('mends %s', (_name, marked, expected) => {
  const { text } = openMarked(marked);
  const [action] = list(marked, ['quickfix']);
  expect(action && applyEdits(text, action)).toBe(expected);
});

test('a section that would be left empty is not emptied', () => {
  expect(titles(list('version: 1\nproject: shop\nservers:\n  we¦b:\n', ['quickfix']))).not.toContain('Remove `web`');
});

test('creates a playbook that is not there', () => {
  const [action] = list(`${head}servers:\n  web:\n    playbooks:\n      - path: playbooks/ne¦w.yml\n`, ['quickfix']);
  expect(action?.title).toBe('Create `playbooks/new.yml`');
  expect(action?.edit?.documentChanges?.[0]).toMatchObject({
    kind: 'create',
    uri: 'file:///project/playbooks/new.yml',
    options: { ignoreIfExists: true },
  });
});

test.each([
  ['one that is there', 'playbooks/si¦te.yml', request],
  ['one in an editor that cannot', 'playbooks/ne¦w.yml', createRequest({ editor: plainEditor })],
  ['one whose folder nobody knows', 'ne¦w.yml', createRequest({ values: { ...sampleValues, listFolder: () => undefined } })],
  ['one at home', '~/ne¦w.yml', request],
])('does not create %s', (_name, path, by) => {
  expect(titles(list(`${head}servers:\n  web:\n    playbooks:\n      - path: ${path}\n`, ['quickfix'], by))).toEqual([]);
});

test('mends all that is safe at once, and leaves what is a matter of taste', () => {
  const marked = `${head.replace('version: 1', "version: '1'")}networks: { back: {} }\nservers:\n  web: { networks: [back, back], protect: yes, sise: x }¦\n`;
  const { text } = openMarked(marked);
  const all = list(marked, [CodeActionKind.SourceFixAll]);
  expect(all.map(({ kind }) => kind)).toEqual([CodeActionKind.SourceFixAll]);
  const fixed = all[0] ? applyEdits(text, all[0]) : '';
  expect(fixed).toContain('version: 1\n');
  expect(list(marked)).not.toContainEqual(expect.objectContaining({ kind: CodeActionKind.SourceFixAll }));
});

test('the value of the panel can be taken field by field', () => {
  const marked = `${head}servers:\n  web-1:\n    ra¦m: 2 GB\n    cpu: 3\n`;
  expect(titles(list(marked, ['refactor.rewrite']))).toEqual(['Write the value of the panel: `ram: 4 GB`']);
  expect(titles(list(marked.replace('ra¦m', 'ram').replace('web-1', 'we¦b-1'), ['refactor']))).toEqual([
    'Extract size `web-1`',
    'Write the value of the panel: `cpu: 1`',
    'Write the value of the panel: `ram: 4 GB`',
    'Write all values of the panel',
  ]);
});

test('servers of one entry that differ in the panel have no one value', () => {
  const [web] = sampleValues.live?.value.servers ?? [];
  if (!web) throw new Error('no sample');
  const value = { servers: [web, { ...web, id: 103, name: 'web-2', ramMb: 8192 }], networks: [], keys: [] };
  const by = createRequest({ values: { ...sampleValues, live: { value, readAtMs: SAMPLE_NOW } } });
  expect(titles(list(`${head}servers:\n  we¦b: { count: 2, ram: 2 GB }\n`, ['refactor.rewrite'], by))).toEqual([]);
});

test('a size that stands already is not extracted again, one that does not is not inlined', () => {
  expect(titles(list(`${head}servers:\n  we¦b: { size: small, cpu: 1, ram: 1 GB }\n`, ['refactor']))).toEqual([]);
});

test('problems of other files have no fixes here', () => {
  const document = openText(`${head}zzz: 1\n`);
  const problems = document.analysis
    .getDiagnostics()
    .map((problem) => ({ ...problem, ...(problem.source ? { source: { ...problem.source, file: '/other.yaml' } } : {}) }));
  expect(listActions(document, { start: { line: 3, character: 0 }, end: { line: 3, character: 0 } }, problems, request)).toEqual([]);
});

test('a file of the earlier ict is converted by a command of the editor, where it has one', () => {
  const old = '¦back:\n  VDC_options: { DC: Xelent }\n  Servers: []\n';
  expect(list(old)).toEqual([]);
  const actions = list(old, undefined, createRequest({ editor: { ...plainEditor, convertCommand: 'convert' } }));
  expect(actions).toMatchObject([{ isPreferred: true, command: { command: 'convert', arguments: [openText('').uri] } }]);
});
