import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { closeConnections, openControlPathDir, toControlPathDir } from './control-path.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ict-control-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('a project has its own folder, and naming it makes none', () => {
  expect(toControlPathDir(folder)).not.toBe(toControlPathDir(`${folder}/other`));
  expect(existsSync(toControlPathDir(folder))).toBe(false);
});

test('nobody else looks in; after closing nothing is left, however often', async () => {
  const path = join(folder, 'sockets');
  await openControlPathDir(path);
  await openControlPathDir(path);
  expect((await stat(path)).mode & 0o777).toBe(0o700);
  await closeConnections(path);
  await closeConnections(path);
  expect(await readdir(folder)).toEqual([]);
});

test('a connection that somebody has made meanwhile keeps its folder', async () => {
  const path = join(folder, 'sockets');
  await openControlPathDir(path);
  await writeFile(join(path, 'socket'), '');
  await closeConnections(path);
  expect(await readdir(path)).toEqual(['socket']);
});

test('a link in its place is refused', async () => {
  await symlink('/', join(folder, 'sockets'));
  await expect(openControlPathDir(join(folder, 'sockets'))).rejects.toThrow();
});
