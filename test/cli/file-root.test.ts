import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { head, type Lab, openLab, publicKey } from '#test/helpers/lab.ts';

let lab: Lab;
const ci = { CI: 'true' };
const servers = 'servers: { web: {} }\n';

beforeEach(async () => {
  lab = await openLab();
  await mkdir(join(lab.folder, 'repo/infra'), { recursive: true });
  await mkdir(join(lab.folder, 'repo/.git'));
  await writeFile(join(lab.folder, 'secret.yaml'), 'sizes: { hunter2: { cpu: 0 } }\n');
  await writeFile(join(lab.folder, 'key.pub'), `${publicKey}\n`);
  await writeFile(join(lab.folder, 'repo/shared.yaml'), 'sizes: { small: { cpu: 1 } }\n');
  await symlink('../../secret.yaml', join(lab.folder, 'repo/infra/link.yaml'));
});
afterEach(() => lab.close());

const write = (lines: string): Promise<void> => writeFile(join(lab.folder, 'repo/infra/infra.yaml'), `${head}${lines}\n${servers}`);
const run = (command: string, environment: Readonly<Record<string, string>>, ...more: readonly string[]) =>
  lab.run([command, 'repo/infra/infra.yaml', ...more], { environment });

// A pull request with such a line showed any file of the machine in the log.
const outside = [
  ['an include', 'include: [../../secret.yaml]'],
  ['an include through a link', 'include: [link.yaml]'],
  ['an include of the home folder', 'include: [~/secret.yaml]'],
  ['a key file', 'ssh_keys: { me: ../../key.pub }'],
  ['a price table', 'prices: ../../secret.yaml'],
  ['an include that is not there', 'include: [../../gone.yaml]'],
] as const;

describe.each([
  ['with CI set', ci, []],
  ['with --root', {}, ['--root', 'repo']],
] as const)('%s a file outside is refused at its line', (_name, environment, options) => {
  test.each(outside)('%s', async (_what, line) => {
    await write(line);
    for (const command of ['validate', 'plan', 'status', 'drift']) {
      const { code, out, err } = await run(command, environment, ...options);
      expect([command, code, out + err]).toEqual([
        command,
        3,
        expect.stringMatching(/infra\.yaml:4:.*file-outside|file-outside.*infra\.yaml:4/s),
      ]);
      expect(out + err).not.toMatch(/hunter2|There is no file/);
    }
  });

  test('inside nothing changes', async () => {
    await write('include: [../shared.yaml]');
    expect(await run('validate', environment, ...options)).toMatchObject({ code: 0 });
  });
});

test('without either, files are read as they are named', async () => {
  await write('ssh_keys: { me: ../../key.pub }');
  expect(await run('validate', {})).toMatchObject({ code: 0 });
  expect(await run('validate', { CI: 'false' })).toMatchObject({ code: 0 });
});

test('--root goes before the work tree, and must be a folder', async () => {
  await write('ssh_keys: { me: ../../key.pub }');
  expect(await run('validate', ci, '--root', '.')).toMatchObject({ code: 0 });
  expect(await run('validate', ci, '--root', 'repo/infra/infra.yaml')).toMatchObject({
    code: 3,
    err: 'There is no folder repo/infra/infra.yaml.\n',
  });
});

test('where there is no work tree, the folder of the file is the root', async () => {
  await lab.write(`${head}ssh_keys: { me: key.pub }\ninclude: [repo/shared.yaml]\n${servers}`);
  expect(await lab.run(['validate'], { environment: ci })).toMatchObject({ code: 0 });
  await mkdir(join(lab.folder, 'alone'));
  await writeFile(join(lab.folder, 'alone/infra.yaml'), `${head}ssh_keys: { me: ../key.pub }\n${servers}`);
  expect((await lab.run(['validate', 'alone'], { environment: ci })).err).toContain('file-outside');
});

test('an infra file that is a link out of the work tree is not read either', async () => {
  await symlink('../../secret.yaml', join(lab.folder, 'repo/infra/infra.yaml'));
  const { code, out, err } = await run('validate', ci);
  expect([code, out + err]).toEqual([3, expect.stringContaining('file-outside')]);
  expect(out + err).not.toContain('hunter2');
});
