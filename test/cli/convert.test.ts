import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { convertedFile } from '#schemas/infra/old-format.ts';
import { type Lab, openLab } from '#test/helpers/lab.ts';

let lab: Lab;
const old = `back-xelent:
  VDC_options:
    DC: Xelent # must start with a capital letter
    pull: base
  Servers:
    - Nginx:
        template: "min_01"
        playbook: "Nginx_install"
        value: 2
`;

beforeEach(async () => {
  lab = await openLab();
  for (const folder of ['infrastructure', 'servers', 'playbooks']) await mkdir(join(lab.folder, 'templates', folder), { recursive: true });
  await writeFile(join(lab.folder, 'templates', 'infrastructure', 'my_main_infra.yml'), old);
  await writeFile(
    join(lab.folder, 'templates', 'servers', 'min_01.yml'),
    '"CPU": 2\n"RAM": 1024\n"HDD": 40\n"HDDType": "SSD"\n"ImageID": "3492"\n',
  );
  await writeFile(join(lab.folder, 'templates', 'playbooks', 'Nginx_install.yml'), '- hosts: Nginx_*\n  tasks: []\n');
});

afterEach(() => lab.close());

test('an old file becomes a valid one beside `templates`; the old one stays, and nothing is written over', async () => {
  const first = await lab.run(['convert', 'templates/infrastructure/my_main_infra.yml']);
  expect(first.err).toContain('manage: account');
  expect(first.out).toContain('my-main-infra.infra.yaml');
  expect(first.code).toBe(0);
  const written = await readFile(join(lab.folder, 'my-main-infra.infra.yaml'), 'utf8');
  expect(written).toContain('Nginx_2:');
  expect(await readFile(join(lab.folder, 'templates', 'infrastructure', 'my_main_infra.yml'), 'utf8')).toBe(old);
  const valid = await lab.run(['validate', 'my-main-infra.infra.yaml']);
  expect(valid.err + valid.out).toContain('The file is valid.');
  const again = await lab.run(['convert', 'templates/infrastructure/my_main_infra.yml']);
  expect(again.code).toBe(3);
});

test('to programs it says which file was written, and what must be looked at', async () => {
  const { out, err } = await lab.run(['convert', 'templates/infrastructure/my_main_infra.yml', '--json']);
  const { file, remarks } = convertedFile.parse(JSON.parse(out));
  expect(file).toBe(join(lab.folder, 'my-main-infra.infra.yaml'));
  expect(remarks).toHaveLength(1);
  expect(err).toBe('');
});

test('the file as it is now is said to be old, with the command that converts it', async () => {
  await lab.write(old);
  const { err } = await lab.run(['validate']);
  expect(err).toContain('ict convert');
});

test.each([
  ['a file of today', 'version: 1\nproject: shop\n'],
  ['something else', 'a: [1, 2]\n'],
  ['nothing', ''],
])('%s is not converted', async (_name, text) => {
  await writeFile(join(lab.folder, 'other.yml'), text);
  const { code, err } = await lab.run(['convert', 'other.yml']);
  expect(code).toBe(3);
  expect(err).toContain('other.yml');
});
