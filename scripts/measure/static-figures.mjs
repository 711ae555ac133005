// Figures that the sources alone give.
import { findCircles, findCrowdedFolders, findCrumbs, findFolderPairs, sourcesOf } from './import-graph.mjs';
import { tops } from './modules.mjs';
import { findUnused } from './unused.mjs';
import { findYamlReaders } from './yaml-readers.mjs';

/** @typedef {import('./modules.mjs').Module} Module */

/**
 * @typedef {object} Figure
 * @property {string} name
 * @property {string} value as the table shows it
 * @property {readonly string[]} [list] what was counted, where that can be named
 */

/** Names of a field of a server on both sides of the API. */
const FIELD = /\b(?:diskType|disk_type)\b/;

/** Programs that word things for people. */
export const programs = ['cli', 'client', 'server'];

/**
 * @param {readonly Module[]} modules
 * @param {string} scripts text of all scripts
 * @param {ReadonlyMap<string, ReadonlySet<string>>} messages program → its literal messages
 * @returns {readonly Figure[]}
 */
export function measureSources(modules, scripts, messages) {
  const sources = sourcesOf(modules).filter(({ kind }) => kind === 'source');
  const { files, byNobody, byTestsOnly } = findUnused(modules, scripts);
  const { ways, beside } = findYamlReaders(modules);
  const crowded = findCrowdedFolders(modules);
  return [
    sizes('source files: all', sources),
    ...tops.map((top) =>
      sizes(
        `source files: ${top}`,
        sources.filter(({ file }) => file.startsWith(`${top}/`)),
      ),
    ),
    listed(
      'folders over 15 source files',
      crowded.map(({ folder, files: count }) => `${folder}: ${count}`),
    ),
    listed('folder pairs that import each other', findFolderPairs(modules)),
    listed(
      'import circles, types counted',
      findCircles(modules).map((circle) => circle.join(' → ')),
    ),
    listed('unused files', files),
    listed('unused exports', byNobody),
    listed('exports that only tests use', byTestsOnly),
    crumbs(findCrumbs(modules)),
    listed('ways of reading YAML', ways),
    listed('modules beside them that know a key by its letters', beside),
    listed(
      'files that name `diskType` or `disk_type`',
      sources.filter(({ text }) => FIELD.test(text)).map(({ file }) => file),
    ),
    listed('texts that stand in two programs', sharedTexts(messages)),
    ...describedThrows(sources),
    documented('exported functions with a docstring', sources, 'function'),
    documented('exported types with a docstring, those read off a schema left out', sources, 'type'),
    ...testLines(modules, sources),
  ];
}

/** @param {string} name @param {readonly string[]} list @returns {Figure} */
const listed = (name, list) => ({ name, value: String(list.length), list });

/** @param {string} name @param {readonly Module[]} modules @returns {Figure} */
function sizes(name, modules) {
  const lines = modules.map((module) => module.lines).sort((left, right) => left - right);
  /** @param {number} share */
  const at = (share) => lines[Math.min(lines.length - 1, Math.floor(lines.length * share))] ?? 0;
  return { name, value: `${lines.length} files, ${sum(lines)} lines (median ${at(0.5)}, p95 ${at(0.95)}, max ${lines.at(-1) ?? 0})` };
}

/** @param {readonly Module[]} found @returns {Figure} */
function crumbs(found) {
  return {
    name: 'crumbs: one importer, in its folder, no test, under 60 lines',
    value: `${found.length} files, ${sum(found.map(({ lines }) => lines))} lines`,
    list: found.map(({ file }) => file),
  };
}

/** @param {ReadonlyMap<string, ReadonlySet<string>>} messages */
function sharedTexts(messages) {
  const all = [...messages.values()].flatMap((texts) => [...texts]);
  const twice = all.filter((text, index) => all.indexOf(text) !== index);
  return [...new Set(twice)].sort();
}

/** @param {readonly Module[]} sources @returns {Figure[]} */
function describedThrows(sources) {
  const throwing = sources.flatMap(({ file, exports }) =>
    exports.filter((one) => one.throws).map((one) => ({ name: `${file}: ${one.name}`, doc: one.doc })),
  );
  const silent = throwing.filter(({ doc }) => !/@throws|\bthrows?\b/i.test(doc));
  return [
    {
      name: 'exported functions with a `throw`; their docstring says so',
      value: `${throwing.length}; ${throwing.length - silent.length}`,
      list: silent.map(({ name }) => `not said: ${name}`),
    },
  ];
}

/** @param {string} name @param {readonly Module[]} sources @param {'function' | 'type'} kind @returns {Figure} */
function documented(name, sources, kind) {
  const all = sources.flatMap(({ file, exports }) =>
    exports.filter((one) => one.kind === kind && !one.isInferred).map((one) => ({ ...one, file })),
  );
  const bare = all.filter(({ doc }) => doc === '');
  return {
    name,
    value: `${all.length - bare.length} of ${all.length} (${percent(all.length - bare.length, all.length)})`,
    list: bare.map((one) => `${one.file}: ${one.name}`),
  };
}

/** @param {readonly Module[]} modules @param {readonly Module[]} sources @returns {Figure[]} */
function testLines(modules, sources) {
  /** Second folder of core and server, else the first. @param {string} file */
  const roomOf = (file) => /^(?:core\/src\/[\w-]+(?=\/)|server\/src\/languageservice(?=\/)|\w+)/.exec(file)?.[0] ?? '';
  const tests = modules.filter(({ kind }) => kind === 'test');
  /** @param {readonly Module[]} some */
  const lines = (some) => sum(some.map((module) => module.lines));
  const rooms = [...new Set(sources.map(({ file }) => roomOf(file)))].sort();
  const ratios = rooms.map((room) => {
    const own = sources.filter(({ file }) => roomOf(file) === room);
    const beside = tests.filter(({ file }) => roomOf(file) === room);
    return { name: `test lines per source line, beside the code: ${room}`, value: (lines(beside) / lines(own)).toFixed(2) };
  });
  return [{ name: 'test lines per source line, with all of test/', value: (lines(tests) / lines(sources)).toFixed(2) }, ...ratios];
}

/** @param {readonly number[]} values */
const sum = (values) => values.reduce((total, value) => total + value, 0);

/** @param {number} part @param {number} whole */
const percent = (part, whole) => `${whole === 0 ? 100 : Math.round((part / whole) * 100)} %`;
