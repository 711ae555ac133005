import { expect, test } from 'vitest';
import { listNames, readEntryName } from './entry-names.ts';
import { InfraDocumentModel } from './infra-document-model.ts';

test.each([
  ['in lines', 'servers:\n  a: {}\n  "b c": {}\n', ['a', 'b c']],
  ['in brackets', 'servers: { a: {}, b: {} }\n', ['a', 'b']],
  ['of broken entries', 'servers:\n  a:\n    si\n  b: [\n  c: {}\n', ['a', 'b', 'c']],
  ['that stand twice', 'servers:\n  a: {}\n  a: {}\n', ['a']],
  ['with anchors', 'servers:\n  a: &x {}\n  b: *x\n', ['a', 'b']],
  ['of a section without entries', 'servers:\n', []],
  ['where there is no such section', 'sizes:\n  s: {}\n', []],
])('names %s', (_name, text, expected) => expect(listNames(new InfraDocumentModel('f', text), 'servers')).toEqual(expected));

test('every chunk has the name of its first line', () => {
  const { chunks } = new InfraDocumentModel('f', '# c\nversion: 1\nservers:\n  a: {}\n  b:\n    si\n  c\n');
  expect(chunks.map(readEntryName)).toEqual([undefined, 'version', 'servers', 'a', 'b']);
});
