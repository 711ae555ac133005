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
  const files = createDocumentFiles(createMemoryFiles({}), () => base);
  expect(files.resolve(name, from)).toBe(expected);
});

test('what has no place on the disk is not read from it', async () => {
  const files = createDocumentFiles(createMemoryFiles({ 'untitled:Untitled-1': 'x', '/a': 'y' }), () => undefined);
  expect(await files.read('untitled:Untitled-1', 10)).toBeUndefined();
  expect(await files.exists('untitled:Untitled-1')).toBe(false);
  expect(await files.exists('/a')).toBe(true);
});
