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

/** File of ours that a specifier leads to. */
function toFile(file: string, specifier: string): string | undefined {
  if (specifier.startsWith('#')) return specifier.replace(/^#(\w+)\//, '$1/src/');
  return specifier.startsWith('.') ? relative('.', resolve(dirname(file), specifier)) : undefined;
}

/** Folder of ours that a specifier leads into. */
function toFolder(file: string, specifier: string): string | undefined {
  const path = toFile(file, specifier);
  return path === undefined ? undefined : ownerOf(path);
}

/** Modules that are loaded together with a file: neither types nor what it imports later. */
const loadedBy = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/^(?:import|export) (?!type )[^;']*?from '([^']+)'/gm)].map((match) => match[1] ?? '');

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

test('every dialog, channel and progress of the extension goes through the guard of its texts', () => {
  const direct = /import [^;]*\bwindow\b[^;]* from 'vscode'|vscode\.window\./;
  const files = sources.filter(({ folder, file, isTest }) => folder === 'client/src' && !isTest && direct.test(readFileSync(file, 'utf8')));
  expect(files.map(({ file }) => file)).toEqual([]);
});

test('only the guarded terminal is written to', () => {
  const direct = /process\.std(?:out|err)\.write|console\.(?:log|error|warn|info)\(/;
  const files = sources.filter(
    ({ folder, file, isTest }) => folder.startsWith('cli') && !isTest && direct.test(readFileSync(file, 'utf8')),
  );
  expect(files.map(({ file }) => file)).toEqual([]);
});

test('zod is imported as a namespace: a bundle then holds only what is used of it', () => {
  const whole = /^import (?:type )?[^*;']*? from 'zod(?:\/mini)?'/m;
  expect(sources.map(({ file }) => file).filter((file) => whole.test(readFileSync(file, 'utf8')))).toEqual([]);
});

test('activation is not slowed by schemas: what the extension loads at its start reaches them later', () => {
  const files = new Set(['client/src/extension.ts']);
  const packages = new Set<string>();
  for (const file of files)
    for (const specifier of loadedBy(file)) {
      const next = toFile(file, specifier);
      if (next === undefined) packages.add(specifier);
      else files.add(next);
    }
  expect([...files]).toContain('client/src/project/project-feed.ts');
  expect([...packages].filter((name) => !name.startsWith('node:')).sort()).toEqual(['vscode', 'zod/mini']);
});

test('what the extension imports later is in the bundle of lazy-modules.ts', () => {
  const client = sources.filter(({ folder, isTest }) => folder.startsWith('client') && !isTest).map(({ file }) => file);
  const later = client.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/\bimport\('([.#][^']+)'\)/g)].map((match) => toFile(file, match[1] ?? '')),
  );
  expect(new Set(later)).toEqual(
    new Set(loadedBy('client/src/lazy-modules.ts').map((specifier) => toFile('client/src/lazy-modules.ts', specifier))),
  );
});

/** Who reads files by Node itself: each only what its own system or this package has put there. */
const readers = [
  // /proc
  'core/src/platform/clock.ts',
  'core/src/storage/project-lock.ts',
  // The source map of this program.
  'core/src/platform/readable-stacks.ts',
  // Walks a tree, and reads what `lstat` calls a file.
  'core/src/platform/hash-tree.ts',
  // Looks at the kind of the file first.
  'core/src/cloud/transport/network-agents.ts',
  // The bundle of texts of this package.
  'server/src/runtime/read-bundle.ts',
];

test('files that somebody names are read by core/src/files: anything may lie there', () => {
  const byNode = /import \{[^}]*\b(?:readFile|readFileSync|createReadStream|openAsBlob)\b[^}]*\} from 'node:fs(?:\/promises)?'/;
  const found = sources.filter(
    ({ file, isTest }) => !isTest && /^(?:core|cli|server)\//.test(file) && byNode.test(readFileSync(file, 'utf8')),
  );
  expect(found.map(({ file }) => file).sort()).toEqual([...readers].sort());
});
