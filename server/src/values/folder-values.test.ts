import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listNodeFolder, rememberFolders } from './folder-values.ts';

test('a folder of the disk', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ict-folder-'));
  mkdirSync(join(folder, 'keys'));
  writeFileSync(join(folder, 'site.yml'), '');
  expect([...(listNodeFolder(folder) ?? [])].sort((a, b) => a.name.localeCompare(b.name))).toEqual([
    { name: 'keys', isFolder: true },
    { name: 'site.yml', isFolder: false },
  ]);
  rmSync(folder, { recursive: true });
  expect(listNodeFolder(folder)).toBeUndefined();
});

test('a listing is good for two seconds, an unknown folder too', () => {
  let now = 0;
  const asked: string[] = [];
  const list = rememberFolders(
    (path) => {
      asked.push(path);
      return path === '/gone' ? undefined : [];
    },
    { now: () => now, elapsed: () => now, sleep: () => Promise.resolve() },
  );
  for (const path of ['/a', '/a', '/gone', '/gone']) list(path);
  now = 1999;
  list('/a');
  expect(asked).toEqual(['/a', '/gone']);
  now = 2000;
  list('/a');
  expect(asked).toEqual(['/a', '/gone', '/a']);
});
