// The nets under the house: folders import each other one way, no folder is crowded, nothing lies about unused. Fails on what is new,
// and on exceptions that are not needed any more, so that the lists in exceptions.mjs only shrink.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { crowdedFolders, folderPairs, unused } from './exceptions.mjs';
import { findCrowdedFolders, findFolderPairs, MAX_FILES } from './import-graph.mjs';
import { listFiles, readModules } from './modules.mjs';
import { findUnused } from './unused.mjs';

/**
 * @typedef {object} Exceptions
 * @property {readonly string[]} folderPairs
 * @property {Readonly<Record<string, number>>} crowdedFolders
 * @property {Readonly<Record<string, string>>} unused
 */

/**
 * Problems of the house, one line each.
 * @param {readonly import('./modules.mjs').Module[]} modules
 * @param {string} scripts text of all scripts
 * @param {Exceptions} exceptions
 */
export function checkHouse(modules, scripts, exceptions) {
  return [
    ...compare(
      findFolderPairs(modules),
      exceptions.folderPairs,
      (pair) => `${pair}: these folders import each other; move what both need to a folder of its own`,
    ),
    ...checkCrowds(findCrowdedFolders(modules), exceptions.crowdedFolders),
    ...checkUnused(findUnused(modules, scripts), exceptions.unused),
  ];
}

/** Text of every script: what they load is used. */
export function readScripts(root = '.') {
  return listFiles(root, 'scripts', /\.mjs$/)
    .filter((file) => !file.endsWith('/exceptions.mjs'))
    .map((file) => readFileSync(`${root}/${file}`, 'utf8'))
    .join('\n');
}

/**
 * @param {readonly string[]} found
 * @param {readonly string[]} allowed
 * @param {(found: string) => string} describe
 */
function compare(found, allowed, describe) {
  return [
    ...found.filter((one) => !allowed.includes(one)).map(describe),
    ...allowed.filter((one) => !found.includes(one)).map((one) => `${one}: no longer needed in scripts/measure/exceptions.mjs; remove it`),
  ];
}

/**
 * @param {readonly { folder: string, files: number }[]} found
 * @param {Readonly<Record<string, number>>} allowed
 */
function checkCrowds(found, allowed) {
  const problems = found.flatMap(({ folder, files }) => {
    const most = allowed[folder];
    if (most === undefined)
      return [`${folder}: ${files} source files, at most ${MAX_FILES} are allowed; give some of them a folder of their own`];
    if (files > most) return [`${folder}: ${files} source files; the exception in scripts/measure/exceptions.mjs allows ${most}`];
    return files < most ? [`${folder}: ${files} source files; lower its exception in scripts/measure/exceptions.mjs from ${most}`] : [];
  });
  const names = found.map(({ folder }) => folder);
  return [
    ...problems,
    ...compare(
      names.filter((name) => name in allowed),
      Object.keys(allowed),
      (name) => name,
    ),
  ];
}

/**
 * @param {import('./unused.mjs').Unused} found
 * @param {Readonly<Record<string, string>>} allowed
 */
function checkUnused({ files, byNobody, byTestsOnly }, allowed) {
  /** @type {Record<string, string>} */
  const reasons = {
    ...Object.fromEntries(files.map((file) => [file, 'no program loads this file'])),
    ...Object.fromEntries(byNobody.map((name) => [name, 'nothing uses this export'])),
    ...Object.fromEntries(byTestsOnly.map((name) => [name, 'only tests use this export'])),
  };
  return compare(
    Object.keys(reasons),
    Object.keys(allowed),
    (name) => `${name}: ${reasons[name]}; remove it, or give a reason in scripts/measure/exceptions.mjs`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = checkHouse(readModules(), readScripts(), { folderPairs, crowdedFolders, unused });
  for (const problem of problems) console.log(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
}
