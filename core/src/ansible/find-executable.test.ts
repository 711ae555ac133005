import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findExecutable } from './find-executable.ts';

let folder = '';
const at = (...names: string[]): string => join(folder, ...names);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ict-find-'));
  for (const name of ['good', 'later', 'plain', 'project/bin', 'project/..bin', 'folder/tool', 'links'])
    await mkdir(at(name), { recursive: true });
  for (const name of ['good', 'later', 'project/bin', 'project/..bin']) {
    await writeFile(at(name, 'tool'), '#!/bin/sh\n');
    await chmod(at(name, 'tool'), 0o755);
  }
  await writeFile(at('plain', 'tool'), '#!/bin/sh\n', { mode: 0o644 });
  await symlink(at('project'), at('alias'));
  await symlink(at('project', 'bin'), at('door'));
  await symlink(at('project', 'bin', 'tool'), at('links', 'tool'));
  await symlink(at('nowhere'), at('links', 'dangling'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a program on PATH', () => {
  test.each<[string, readonly string[], string | undefined]>([
    ['is the first of its name', ['good', 'later'], 'good'],
    ['is not a file that may not be run', ['plain', 'later'], 'later'],
    ['is not a folder', ['folder', 'later'], 'later'],
    ['is not one of the project', ['project/bin', 'later'], 'later'],
    ['is not one of the project in a folder whose name begins with dots', ['project/..bin', 'later'], 'later'],
    ['is not one of the project under its other name', ['alias/bin', 'later'], 'later'],
    ['is not one of the project by a link to the folder', ['door', 'later'], 'later'],
    ['is not one of the project by a link to the file', ['links', 'later'], 'later'],
    ['is nowhere', ['nowhere', ''], undefined],
  ])('%s', async (_reason, folders, found) => {
    const path = folders.map((name) => (name === '' ? '' : at(name))).join(':');
    for (const project of ['project', 'alias']) {
      expect(await findExecutable('tool', path, at(project))).toBe(found === undefined ? undefined : at(found, 'tool'));
    }
  });

  test('is not looked for in folders named from where we are', async () => {
    const here = relative(process.cwd(), at('good'));
    expect(await findExecutable('tool', `${here}:.::${at('later')}`, at('project'))).toBe(at('later', 'tool'));
    expect(await findExecutable('tool', undefined, at('project'))).toBeUndefined();
  });
});
