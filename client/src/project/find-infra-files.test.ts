import { expect, test } from 'vitest';
import { pickProjects } from './find-infra-files.ts';

test.each([
  ['sorted', { '/b/infra.yaml': 'version: 1\nproject: b\n', '/a/infra.yaml': 'project: a\n' }, ['/a/infra.yaml', '/b/infra.yaml']],
  [
    'definitions that others include are left out',
    { '/infra.yaml': '"project": a\n', '/sizes.infra.yaml': 'sizes:\n  project: {}\n' },
    ['/infra.yaml'],
  ],
  ['a first file that is being written counts', { '/infra.yaml': 'version: 1\n' }, ['/infra.yaml']],
  ['nothing', {}, []],
])('%s', (_reason, files, expected) => {
  expect(pickProjects(Object.entries(files).map(([path, text]) => ({ path, text })))).toEqual(expected);
});
