import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { imports, nodeFolders } from '../scripts/write-tsconfigs.mjs';

const table: Readonly<Record<string, readonly string[]>> = imports;
const folders = Object.keys(table);

const listFiles = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.name.endsWith('.d.ts'))
    .map((entry) => join(entry.parentPath, entry.name));

/** The innermost project a path lies in: projects may stand inside of each other. */
const ownerOf = (path: string): string | undefined =>
  folders.filter((folder) => path.startsWith(`${folder}/`)).sort((a, b) => b.length - a.length)[0];

const sources = folders.flatMap((folder) =>
  listFiles(folder)
    .filter((file) => ownerOf(file) === folder)
    .map((file) => ({ folder, file, isTest: file.endsWith('.test.ts') || file.includes('/testing/') })),
);

/** Modules a file imports, in any of the ways the language has. */
const importsOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');

/** Folder of ours that a specifier leads into. */
function toFolder(file: string, specifier: string): string | undefined {
  const path = specifier.startsWith('#')
    ? specifier.replace(/^#(\w+)\//, '$1/src/')
    : specifier.startsWith('.')
      ? relative('.', resolve(dirname(file), specifier))
      : undefined;
  return path === undefined ? undefined : ownerOf(path);
}

describe('imports follow the table in scripts/write-tsconfigs.mjs', () => {
  test.each(sources.filter((source) => !source.isTest))('$file', ({ folder, file }) => {
    const foreign = importsOf(file)
      .map((specifier) => toFolder(file, specifier))
      .filter((target): target is string => target !== undefined && target !== folder && !table[folder]?.includes(target));
    expect(foreign).toEqual([]);
  });
});

test('only the folders that may use Node import its modules', () => {
  const offenders = sources
    .filter(({ folder, isTest }) => !isTest && !nodeFolders.includes(folder))
    .filter(({ file }) => importsOf(file).some((specifier) => specifier.startsWith('node:')))
    .map(({ file }) => file);
  expect(offenders).toEqual([]);
});

test('no file is longer than 400 lines', () => {
  const long = sources.filter(({ file }) => readFileSync(file, 'utf8').split('\n').length > 400).map(({ file }) => file);
  expect(long).toEqual([]);
});
