// Files and exports of the sources that no program uses.
import { sourcesOf } from './import-graph.mjs';

/** @typedef {import('./modules.mjs').Module} Module */

/** Where programs start. */
export const entries = [
  'cli/src/main.ts',
  'server/src/main.ts',
  'client/src/extension.ts',
  'client/src/lazy-modules.ts',
  'client/src/dashboard-page/dashboard.ts',
];

/**
 * @typedef {object} Unused
 * @property {readonly string[]} files modules that no program loads, by any way
 * @property {readonly string[]} byNobody exports `FILE: NAME` that nothing uses
 * @property {readonly string[]} byTestsOnly exports `FILE: NAME` that only tests use
 */

/**
 * What its own module uses counts as used: it is exported for a test, or to name what the module's functions take and give.
 * @param {readonly Module[]} modules
 * @param {string} scripts text of all scripts: the modules they name are programs too, and the words in it are uses
 * @returns {Unused}
 */
export function findUnused(modules, scripts) {
  const byFile = new Map(modules.map((module) => [module.file, module]));
  const isNamed = (/** @type {string} */ file) => scripts.includes(`'${file}'`);
  const reached = new Set(
    modules.filter(({ file, kind }) => kind === 'source' && (entries.includes(file) || isNamed(file))).map(({ file }) => file),
  );
  for (const file of reached) for (const { file: target } of byFile.get(file)?.imports ?? []) if (target !== undefined) reached.add(target);

  /** `FILE: NAME` @type {Record<'programs' | 'tests', Set<string>>} */
  const used = { programs: new Set(), tests: new Set() };
  for (const { kind, imports } of modules)
    for (const { file, names } of imports)
      for (const name of names === 'all' ? (byFile.get(file ?? '')?.exports ?? []).map((one) => one.name) : names)
        used[kind === 'test' ? 'tests' : 'programs'].add(`${file}: ${name}`);

  const sources = sourcesOf(modules).filter(({ kind }) => kind === 'source');
  const idle = sources
    .filter(({ file }) => reached.has(file) && !entries.includes(file))
    .flatMap(({ file, exports }) => {
      const words = isNamed(file) ? scripts : '';
      return exports
        .filter(({ isUsedInside }) => !isUsedInside)
        .filter(({ name }) => !used.programs.has(`${file}: ${name}`) && !new RegExp(`\\b${name}\\b`).test(words))
        .map(({ name }) => `${file}: ${name}`);
    });
  return {
    files: sources.map(({ file }) => file).filter((file) => !reached.has(file)),
    byNobody: idle.filter((one) => !used.tests.has(one)),
    byTestsOnly: idle.filter((one) => used.tests.has(one)),
  };
}
