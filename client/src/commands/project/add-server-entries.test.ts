import { expect, test } from 'vitest';
import { readInfraFile } from '#core/infra/read-infra-file.ts';
import { createMemoryFiles } from '#core/infra/testing/memory-files.ts';
import { addServerEntries, type AdoptedServer } from './add-server-entries.ts';

const web: AdoptedServer = {
  name: 'web',
  id: 7,
  isOn: true,
  dc: 'SdnSpb',
  pool: 'base',
  image: 'Ubuntu20.04x64',
  cpu: 1,
  ramMb: 1024,
  diskGb: 10,
  diskType: 'SSD',
};
const body = ['id: 7', 'dc: SdnSpb', 'pool: base', 'image: Ubuntu20.04x64', 'cpu: 1', 'ram: 1 GB', 'disk: 10 GB', 'disk_type: SSD'];
const head = 'version: 1\nproject: shop\n';
const old = '{ dc: Xelent, image: Ubuntu 20.4 x64, cpu: 1, ram: 1 GB, disk: 10 GB }';

const block = (margin: string, eol = '\n'): string => [`${margin}web:`, ...body.map((line) => `${margin}${margin}${line}`)].join(eol);

test.each([
  ['no section yet', head, `${head}servers:\n${block('  ')}\n`],
  ['no line end at the end', head.trimEnd(), `${head}servers:\n${block('  ')}\n`],
  ['behind the others', `${head}servers:\n  db: ${old}\n`, `${head}servers:\n  db: ${old}\n${block('  ')}\n`],
  [
    'in front of the next section and its comment',
    `${head}servers:\n    db: ${old}\n\n# groups\ngroups: {}\n`,
    `${head}servers:\n    db: ${old}\n${block('    ')}\n\n# groups\ngroups: {}\n`,
  ],
  ['a section with nothing in it', `${head}servers: {}\n`, `${head}servers: { web: { ${body.join(', ')} } }\n`],
  ['a section in braces', `${head}servers: { db: ${old} }\n`, `${head}servers: { web: { ${body.join(', ')} }, db: ${old} }\n`],
  [
    'Windows line ends',
    `version: 1\r\nproject: shop\r\nservers:\r\n  db: ${old}\r\n`,
    `version: 1\r\nproject: shop\r\nservers:\r\n  db: ${old}\r\n${block('  ', '\r\n')}\r\n`,
  ],
])('%s', async (_reason, before, expected) => {
  const addition = addServerEntries(before, [web]);
  if (addition.kind !== 'added') throw new Error('nothing was added');
  const after = before.slice(0, addition.start) + addition.text + before.slice(addition.end);
  expect(after).toBe(expected);
  const { value, diagnostics } = await readInfraFile(createMemoryFiles({ '/infra.yaml': after }), '/infra.yaml');
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(value?.infra.servers?.['web']?.id).toBe(7);
});

test('an entry of that name is not written twice', () => {
  expect(addServerEntries(`${head}servers:\n  web: ${old}\n`, [web])).toEqual({ kind: 'taken', name: 'web', id: 7 });
  expect(addServerEntries(`${head}servers:\n  web: ${old}\n`, [])).toMatchObject({ kind: 'added', text: '' });
});

test('words that YAML could take for something else are quoted, and a stopped server stays stopped', () => {
  const addition = addServerEntries('', [{ ...web, image: 'CentOS 7: x64', dc: undefined, isOn: false, ramMb: 512 }]);
  expect(addition).toMatchObject({ kind: 'added' });
  const text = addition.kind === 'added' ? addition.text : '';
  expect(text).toContain("image: 'CentOS 7: x64'");
  expect(text).toContain('ram: 512 MB');
  expect(text).toContain('power: off');
  expect(text).not.toContain('dc:');
});
