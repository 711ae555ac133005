import { describe, expect, test } from 'vitest';
import { checkHouse } from '../scripts/measure/check-house.mjs';
import { findCircles, findCrumbs } from '../scripts/measure/import-graph.mjs';
import { parseModules } from '../scripts/measure/modules.mjs';

const nothing = { folderPairs: [], crowdedFolders: {}, unused: {} };
const main = 'cli/src/main.ts';
const check = (files: Readonly<Record<string, string>>, exceptions: Partial<typeof nothing> | object = {}, scripts = '') =>
  checkHouse(parseModules(Object.entries(files)), scripts, { ...nothing, ...exceptions });

const pair = {
  [main]: `import { a } from '#core/a/a.ts';\na();\n`,
  'core/src/a/a.ts': `import { b } from '../b/b.ts';\nexport const a = () => b;\nexport interface A { readonly id: string }\n`,
  'core/src/b/b.ts': `import type { A } from '../a/a.ts';\nexport const b: A = { id: '' };\n`,
};

describe('folders import each other one way', () => {
  test('two that import each other, by a type alone, fail', () =>
    expect(check(pair)).toEqual([expect.stringMatching(/^core\/src\/a ↔ core\/src\/b: these folders import each other/)]));

  test('an exception lets them pass', () => expect(check(pair, { folderPairs: ['core/src/a ↔ core/src/b'] })).toEqual([]));

  test('an exception that is no longer needed fails', () => {
    const { 'core/src/b/b.ts': _gone, ...rest } = pair;
    const mended = { ...rest, 'core/src/b/b.ts': `export const b = { id: '' };\n` };
    const found = check(
      { ...mended, [main]: `import { a, type A } from '#core/a/a.ts';\na({} as A);\n` },
      { folderPairs: ['core/src/a ↔ core/src/b'] },
    );
    expect(found).toEqual([expect.stringMatching(/^core\/src\/a ↔ core\/src\/b: no longer needed/)]);
  });

  test('a test may import what it likes', () => {
    const files = {
      ...pair,
      'core/src/b/b.ts': `export const b = 1;\n`,
      'core/src/b/b.test.ts': `import type { A } from '../a/a.ts';\nlet a: A;\n`,
    };
    expect(check({ ...files, [main]: `import { a, type A } from '#core/a/a.ts';\na({} as A);\n` })).toEqual([]);
  });
});

describe('folders have room', () => {
  const crowd = (count: number) => ({
    [main]: Array.from({ length: count }, (_, index) => `import '#core/a/f${index}.ts';\n`).join(''),
    ...Object.fromEntries(Array.from({ length: count }, (_, index) => [`core/src/a/f${index}.ts`, 'let x;\n'])),
  });
  test('fifteen files pass, sixteen fail', () => {
    expect(check(crowd(15))).toEqual([]);
    expect(check(crowd(16))).toEqual([expect.stringMatching(/^core\/src\/a: 16 source files, at most 15/)]);
  });

  test.each([
    ['as many as the exception allows', 16, []],
    ['one more', 15, [expect.stringContaining('allows 15')]],
    ['one fewer: the exception must follow', 17, [expect.stringContaining('lower its exception')]],
  ])('%s', (_reason, most, problems) => expect(check(crowd(16), { crowdedFolders: { 'core/src/a': most } })).toEqual(problems));

  test('an exception for a folder that has room fails', () =>
    expect(check(crowd(3), { crowdedFolders: { 'core/src/a': 16 } })).toEqual([expect.stringMatching(/^core\/src\/a: no longer needed/)]));
});

describe('nothing lies about unused', () => {
  const file = 'core/src/a.ts';
  test.each([
    ['a file that no program loads', { [main]: '', [file]: 'export const a = 1;\n' }, '', [`${file}: no program loads this file`]],
    [
      'a file that a test loads alone',
      { [main]: '', [file]: 'let a;\n', 'core/src/a.test.ts': `import './a.ts';\n` },
      '',
      [`${file}: no program`],
    ],
    [
      'an export that nothing uses',
      { [main]: `import { a } from '#core/a.ts';\n`, [file]: 'export const a = 1, b = 2;\n' },
      '',
      [`${file}: b: nothing`],
    ],
    ['a type that nothing uses', { [main]: `import '#core/a.ts';\n`, [file]: 'export type A = string;\n' }, '', [`${file}: A: nothing`]],
    [
      'an export that only tests use',
      { [main]: `import '#core/a.ts';\n`, [file]: 'export const a = 1;\n', 'test/a.test.ts': `import { a } from '#core/a.ts';\n` },
      '',
      [`${file}: a: only tests`],
    ],
    [
      'a field of the same name is no use',
      { [main]: `import '#core/a.ts';\n`, [file]: 'export const a = 1;\nx.a = { a: 2 };\n' },
      '',
      [`${file}: a: `],
    ],
    ['a script uses it', { [main]: '', [file]: 'export const a = 1;\n' }, `const { a } = await loadTs('${file}');`, []],
    ['a namespace uses all of it', { [main]: `import * as all from '#core/a.ts';\n`, [file]: 'export const a = 1;\n' }, '', []],
    ['it is imported later', { [main]: `void import('#core/a.ts');\n`, [file]: 'export const a = 1;\n' }, '', []],
    ['its own module uses it', { [main]: `import '#core/a.ts';\n`, [file]: 'export const a = 1;\nrun(a);\n' }, '', []],
    ['it is handed on', { [main]: `export { a } from '#core/a.ts';\n`, [file]: 'export const a = 1;\n' }, '', []],
  ])('%s', (_reason, files, scripts, problems) =>
    expect(check(files, {}, scripts)).toEqual(problems.map((text) => expect.stringContaining(text) as string)),
  );

  test('a reason lets it pass, and fails when it is used after all', () => {
    const unused = { [`${file}: b`]: 'a reason' };
    expect(check({ [main]: `import { a } from '#core/a.ts';\n`, [file]: 'export const a = 1, b = 2;\n' }, { unused })).toEqual([]);
    expect(check({ [main]: `import { a, b } from '#core/a.ts';\n`, [file]: 'export const a = 1, b = 2;\n' }, { unused })).toEqual([
      expect.stringContaining(`${file}: b: no longer needed`),
    ]);
  });
});

describe('the import graph', () => {
  test('a circle of three is found, what hangs on it is not part of it', () => {
    const files = {
      'core/src/a.ts': `import './b.ts';`,
      'core/src/b.ts': `import type { C } from './c.ts';`,
      'core/src/c.ts': `import './a.ts';`,
      'core/src/d.ts': `import './a.ts';`,
    };
    expect(findCircles(parseModules(Object.entries(files)))).toEqual([['core/src/a.ts', 'core/src/b.ts', 'core/src/c.ts']]);
  });

  test('a crumb has one importer in its folder and no test', () => {
    const files = {
      'core/src/a/main.ts': `import './crumb.ts';\nimport './tested.ts';\nimport '../b/far.ts';\nimport './twice.ts';\n`,
      'core/src/a/other.ts': `import './twice.ts';\n`,
      'core/src/a/crumb.ts': 'let x;\n',
      'core/src/a/twice.ts': 'let x;\n',
      'core/src/a/tested.ts': 'let x;\n',
      'core/src/a/tested.test.ts': `import './tested.ts';\n`,
      'core/src/b/far.ts': 'let x;\n',
    };
    expect(findCrumbs(parseModules(Object.entries(files))).map((module) => module.file)).toEqual(['core/src/a/crumb.ts']);
  });
});
