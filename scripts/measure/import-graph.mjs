// The import graph of the sources: types count, tests do not.

/** @typedef {import('./modules.mjs').Module} Module */

/**
 * Modules of the house that a module imports, without itself.
 * @param {Module} module
 */
const targetsOf = (module) => [
  ...new Set(module.imports.flatMap(({ file }) => (file === undefined || file === module.file ? [] : [file]))),
];

/** @param {readonly Module[]} modules */
export const sourcesOf = (modules) => modules.filter(({ kind }) => kind !== 'test');

/**
 * Pairs of folders that import each other, as `A ↔ B`, sorted.
 * @param {readonly Module[]} modules
 */
export function findFolderPairs(modules) {
  const byFile = new Map(sourcesOf(modules).map((module) => [module.file, module]));
  /** @type {Set<string>} */
  const arrows = new Set();
  for (const module of byFile.values())
    for (const target of targetsOf(module)) {
      const to = byFile.get(target)?.folder;
      if (to !== undefined && to !== module.folder) arrows.add(`${module.folder} ${to}`);
    }
  return [...arrows]
    .map((arrow) => arrow.split(' '))
    .filter(([from = '', to = '']) => from < to && arrows.has(`${to} ${from}`))
    .map((pair) => pair.join(' ↔ '))
    .sort();
}

/**
 * Sets of modules each of which reaches the others by imports: Tarjan's strongly connected components of more than one.
 * @param {readonly Module[]} modules
 * @returns {readonly (readonly string[])[]}
 */
export function findCircles(modules) {
  const graph = new Map(sourcesOf(modules).map((module) => [module.file, targetsOf(module)]));
  /** @type {Map<string, { index: number, low: number, isOnStack: boolean }>} */
  const marks = new Map();
  /** @type {string[]} */
  const stack = [];
  /** @type {string[][]} */
  const circles = [];
  /** @param {string} file */
  const visit = (file) => {
    const mark = { index: marks.size, low: marks.size, isOnStack: true };
    marks.set(file, mark);
    stack.push(file);
    for (const target of graph.get(file) ?? []) {
      if (!graph.has(target)) continue;
      const known = marks.get(target);
      if (known === undefined) mark.low = Math.min(mark.low, visit(target).low);
      else if (known.isOnStack) mark.low = Math.min(mark.low, known.index);
    }
    if (mark.low === mark.index) {
      const circle = stack.splice(stack.indexOf(file));
      for (const member of circle) {
        const other = marks.get(member);
        if (other) other.isOnStack = false;
      }
      if (circle.length > 1) circles.push(circle.sort());
    }
    return mark;
  };
  for (const file of graph.keys()) if (!marks.has(file)) visit(file);
  return circles.sort(([left = ''], [right = '']) => (left < right ? -1 : 1));
}

/** A folder with more source files than this has rooms of its own to be found. */
export const MAX_FILES = 15;

/**
 * Folders with more than {@link MAX_FILES} sources beside each other, fullest first.
 * @param {readonly Module[]} modules
 */
export function findCrowdedFolders(modules) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { folder } of sourcesOf(modules)) counts.set(folder, (counts.get(folder) ?? 0) + 1);
  return [...counts]
    .filter(([, files]) => files > MAX_FILES)
    .map(([folder, files]) => ({ folder, files }))
    .sort((left, right) => right.files - left.files || (left.folder < right.folder ? -1 : 1));
}

/**
 * Crumbs: files with one importer, in their own folder, without a test of their own, under 60 lines.
 * @param {readonly Module[]} modules
 */
export function findCrumbs(modules) {
  const all = new Set(modules.map(({ file }) => file));
  const sources = sourcesOf(modules);
  /** @type {Map<string, Module[]>} */
  const importers = new Map();
  for (const module of sources) for (const target of targetsOf(module)) importers.set(target, [...(importers.get(target) ?? []), module]);
  return sources.filter(({ file, folder, lines }) => {
    const [only, ...others] = importers.get(file) ?? [];
    const hasTest = all.has(file.replace(/\.ts$/, '.test.ts'));
    return only !== undefined && others.length === 0 && only.folder === folder && !hasTest && lines < 60;
  });
}
