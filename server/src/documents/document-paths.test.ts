import { expect, test } from 'vitest';
import { createMemoryFiles } from '#core/infra/testing/memory-files.ts';
import { createDocumentFiles, toPath, toUri } from './document-paths.ts';

test.each([
  ['file:///project/infra.yaml', '/project/infra.yaml'],
  ['file:///a%20b/%D1%8F.yaml', '/a b/я.yaml'],
  ['untitled:Untitled-1', 'untitled:Untitled-1'],
  ['file://host/share/infra.yaml', 'file://host/share/infra.yaml'],
  ['file:///%E0%A4%A', 'file:///%E0%A4%A'],
])('%s is at %s', (uri, path) => expect(toPath(uri)).toBe(path));

test.each([
  ['/a b/я.yaml', 'file:///a%20b/%D1%8F.yaml'],
  ['untitled:Untitled-1', 'untitled:Untitled-1'],
])('%s has the address %s', (path, uri) => expect(toUri(path)).toBe(uri));

test.each<[string, string, string | undefined, string]>([
  ['a.yaml', '/project/infra.yaml', '/work', '/project/a.yaml'],
  ['a.yaml', 'untitled:Untitled-1', '/work', '/work/a.yaml'],
  ['a.yaml', 'untitled:Untitled-1', undefined, 'a.yaml'],
  ['/keys/a.pub', 'untitled:Untitled-1', undefined, '/keys/a.pub'],
  ['~/a.pub', 'untitled:Untitled-1', undefined, '/home/me/a.pub'],
])('%s in %s with the workspace %s is %s', (name, from, base, expected) => {
  const files = createDocumentFiles(createMemoryFiles({}), { folders: () => (base === undefined ? [] : [base]), isTrusted: true });
  expect(files.resolve(name, from)).toBe(expected);
});

test('what has no place on the disk is not read from it', async () => {
  const files = createDocumentFiles(createMemoryFiles({ 'untitled:Untitled-1': 'x', '/a': 'y' }), { folders: () => [], isTrusted: true });
  expect(await files.read('untitled:Untitled-1', 10)).toBeUndefined();
  expect(await files.exists('untitled:Untitled-1')).toBe(false);
  expect(await files.exists('/a')).toBe(true);
});

test('in a workspace that is not trusted files are read below its folders only', async () => {
  const memory = createMemoryFiles({ '/work/a.yaml': 'mine', '/home/me/.netrc': 'secret' });
  const open = (isTrusted: boolean) => createDocumentFiles(memory, { folders: () => ['/work'], isTrusted });
  expect(new TextDecoder().decode(await open(false).read('/work/a.yaml', 99))).toBe('mine');
  await expect(open(false).read('/home/me/.netrc', 99)).rejects.toMatchObject({ code: 'outside-workspace' });
  await expect(open(false).read('/nowhere', 99)).rejects.toMatchObject({ code: 'outside-workspace' });
  expect(new TextDecoder().decode(await open(true).read('/home/me/.netrc', 99))).toBe('secret');
  // Nobody is told whether it is there.
  expect(await Promise.all(['/home/me/.netrc', '/nowhere', '/work/none'].map((path) => open(false).exists(path)))).toEqual([
    true,
    true,
    false,
  ]);
});
