import { expect, test } from 'vitest';
import { FileReadError } from '#core/ports/files.ts';
import { listProblems, readSample, sampleHead, SAMPLE_PATH } from '../testing/read-sample.ts';
import { createMemoryFiles } from '../testing/memory-files.ts';
import { readInfraFile } from '../read-infra-file.ts';

test('the file wins over its includes, a later include over an earlier one', async () => {
  const { value, diagnostics } = await readSample('version: 1\nproject: p\nsizes: { c: { cpu: 3 } }\ninclude: [one.yaml, two.yaml]\n', {
    'one.yaml': 'sizes: { a: { cpu: 1 }, b: { cpu: 1 }, c: { cpu: 1 } }\ndefaults: { dc: one, vars: { x: 1, y: 1 } }\n',
    'two.yaml': 'sizes: { b: { cpu: 2 }, c: { cpu: 2 } }\ndefaults: { image: two, vars: { y: 2 } }\n',
  });
  expect(diagnostics).toEqual([]);
  expect(value?.infra.sizes).toEqual({ a: { cpu: 1 }, b: { cpu: 2 }, c: { cpu: 3 } });
  expect(value?.infra.defaults).toEqual({ dc: 'one', image: 'two', vars: { x: 1, y: 2 } });
  expect(value?.files.map(({ path, role }) => [path, role])).toEqual([
    [SAMPLE_PATH, 'main'],
    ['/project/two.yaml', 'included'],
    ['/project/one.yaml', 'included'],
  ]);
});

test('an include is found beside the file that names it, and is read once', async () => {
  const { value, diagnostics } = await readSample(`${sampleHead}include: [lib/a.yaml, lib/b.yaml]\n`, {
    'lib/a.yaml': 'include: [../common.yaml]\n',
    'lib/b.yaml': 'include: [../common.yaml]\nsizes: { s: { cpu: 2 } }\n',
    'common.yaml': 'sizes: { s: { cpu: 1 }, t: { cpu: 1 } }\n',
  });
  expect(diagnostics).toEqual([]);
  expect(value?.infra.sizes).toEqual({ s: { cpu: 2 }, t: { cpu: 1 } });
  expect(value?.files).toHaveLength(4);
});

test('places of included values are in the included file', async () => {
  const files = { 'sizes.yaml': '# sizes\nsizes:\n  s: { cpu: 1, ram: 1500, disk: 10 }\n' };
  expect(await listProblems('include: [sizes.yaml]\nservers: { w: { size: s } }', files)).toEqual([
    'sizes.yaml:2:20 ram-step — 1500 MB of memory are not offered. The next step is 2 GB.',
  ]);
});

test.each<[string, string, Record<string, string | Uint8Array | Error>, string[]]>([
  ['a missing include', 'include: [no.yaml]', {}, ['0:10 file-missing — There is no file `/project/no.yaml`.']],
  [
    'an include that may not be read',
    'include: [a.yaml]',
    { 'a.yaml': Object.assign(new Error('denied'), { code: 'EACCES' }) },
    ['0:10 file-unreadable — The file `/project/a.yaml` cannot be read: EACCES.'],
  ],
  [
    'an include outside of the root',
    'include: [a.yaml]',
    { 'a.yaml': new FileReadError('outside-root', '/project/a.yaml', { root: '/project/infra' }) },
    [
      '0:10 file-outside — `/project/a.yaml` is outside of `/project/infra`, and only files below that folder are read here. Move it there, or name a folder that holds both: `--root DIR`.',
    ],
  ],
  [
    'a large include',
    'include: [a.yaml]',
    { 'a.yaml': new FileReadError('too-large', '/project/a.yaml', { bytes: 9_000_000 }) },
    ['0:10 file-too-large — `/project/a.yaml` has 9 MB; at most 8 MB are read.'],
  ],
  [
    'an include in another encoding',
    'include: [a.yaml]',
    { 'a.yaml': new Uint8Array([0xff, 0xfe, 0x61, 0]) },
    ['0:10 not-text — `/project/a.yaml` is written in UTF-16. Save it as UTF-8.'],
  ],
  [
    'an include with servers',
    'include: [a.yaml]',
    { 'a.yaml': 'servers: {}\n' },
    ['a.yaml:0:0 unknown-key — The key `servers` is not known here. Known are: version, defaults, sizes, ssh_keys, notify, include.'],
  ],
  [
    'an empty include',
    'include: [a.yaml]',
    { 'a.yaml': '' },
    ['a.yaml:0:0 empty-file — There is nothing in this file except blank lines and comments.'],
  ],
  [
    'the file itself',
    'include: [infra.yaml]',
    {},
    ['0:10 include-cycle — `/project/infra.yaml` is already being read: /project/infra.yaml → /project/infra.yaml.'],
  ],
])('%s', async (_reason, text, files, expected) => expect(await listProblems(text, files)).toEqual(expected));

test('no file at all', async () => {
  const { value, partial, diagnostics } = await readInfraFile(createMemoryFiles({}), SAMPLE_PATH);
  expect([value, partial, diagnostics.map(({ code }) => code)]).toEqual([undefined, undefined, ['file-missing']]);
});

test('an open document goes before the file on the disk', async () => {
  const files = createMemoryFiles({ [SAMPLE_PATH]: 'broken: [', '/project/a.yaml': 'sizes: { s: { cpu: 1 } }' });
  const open = new Map([
    [SAMPLE_PATH, `${sampleHead}include: [a.yaml]\n`],
    ['/project/a.yaml', 'sizes: { s: { cpu: 2 } }'],
  ]);
  const { value, diagnostics } = await readInfraFile(files, SAMPLE_PATH, (path) => open.get(path));
  expect(diagnostics).toEqual([]);
  expect(value?.infra.sizes).toEqual({ s: { cpu: 2 } });
  expect(value?.files[1]?.bytes).toEqual(new TextEncoder().encode('sizes: { s: { cpu: 2 } }'));
});
