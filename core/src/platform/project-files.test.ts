import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createRootFiles, findProjectRoot } from './project-files.ts';

let folder = '';
beforeEach(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'ict-root-')));
  await mkdir(join(folder, 'repo/infra/prod'), { recursive: true });
  await writeFile(join(folder, 'repo/infra/prod/infra.yaml'), 'version: 1\n');
  await writeFile(join(folder, 'secret'), 'theirs');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the root of a project', () => {
  test('is the work tree that holds the file, for a worktree or submodule its own', async () => {
    await mkdir(join(folder, 'repo/.git'));
    expect(findProjectRoot(join(folder, 'repo/infra/prod/infra.yaml'))).toBe(join(folder, 'repo'));
    await writeFile(join(folder, 'repo/infra/.git'), 'gitdir: elsewhere\n');
    expect(findProjectRoot(join(folder, 'repo/infra/prod/infra.yaml'))).toBe(join(folder, 'repo/infra'));
  });

  test('is the folder of the file where there is none', () => {
    expect(findProjectRoot(join(folder, 'repo/infra/prod/infra.yaml'))).toBe(join(folder, 'repo/infra/prod'));
    expect(findProjectRoot(join(folder, 'gone/infra.yaml'))).toBe(join(folder, 'gone'));
  });

  test('is that of the real folder, but not of the file a link leads to', async () => {
    await mkdir(join(folder, 'repo/.git'));
    await symlink(join(folder, 'repo/infra'), join(folder, 'alias'));
    expect(findProjectRoot(join(folder, 'alias/prod/infra.yaml'))).toBe(join(folder, 'repo'));
    await symlink(join(folder, 'secret'), join(folder, 'repo/infra.yaml'));
    expect(findProjectRoot(join(folder, 'repo/infra.yaml'))).toBe(join(folder, 'repo'));
  });
});

test('files outside of the root are refused by whatever way, and nothing says whether they exist', async () => {
  const files = createRootFiles(join(folder, 'repo'));
  await symlink('../secret', join(folder, 'repo/link'));
  await symlink('..', join(folder, 'repo/up'));
  for (const path of ['secret', 'none', 'repo/link', 'repo/up/secret', 'repo/../secret'])
    await expect(files.read(join(folder, path), 100)).rejects.toMatchObject({ code: 'outside-root', root: join(folder, 'repo') });
  expect(await files.exists(join(folder, 'none'))).toBe(true);
  expect(await files.exists(join(folder, 'repo/none'))).toBe(false);
  expect(new TextDecoder().decode(await files.read(join(folder, 'repo/infra/prod/infra.yaml'), 100))).toBe('version: 1\n');
  await expect(files.read(join(folder, 'repo/infra/prod/infra.yaml'), 2)).rejects.toMatchObject({ code: 'too-large' });
});
