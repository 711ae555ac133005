// The catalogue of texts. Collects every literal message of t(), tn() and doc() from the sources, folder by folder, and
// compares it with l10n/ru/FOLDER.json: nothing may be missing, unused, or lose a placeholder. `--check` reports,
// `--list` prints missing messages as JSON, no argument writes the bundle that programs read.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseSync, Visitor } from 'oxc-parser';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folders = ['schemas', 'core', 'cli', 'sandbox', 'server', 'client'];
const russianForms = ['one', 'few', 'many'];

/**
 * Literal messages of one folder: message → its kind and first place.
 * @param {string} folder
 * @returns {Map<string, { kind: "bad" | "plural" | "plain", place: string }>}
 */
export function collectMessages(folder, home = root) {
  const found = new Map();
  for (const file of listSources(join(home, folder, 'src'))) {
    const text = readFileSync(file, 'utf8');
    if (!/\b(t|tn|doc)\(/.test(text)) continue;
    const { program, errors } = parseSync(file, text);
    if (errors.length > 0) throw new Error(`${file}: ${errors[0]?.message}`);
    new Visitor({
      CallExpression(node) {
        const name = node.callee.type === 'Identifier' ? node.callee.name : '';
        if (!['t', 'tn', 'doc'].includes(name)) return;
        const argument = node.arguments[name === 'tn' ? 2 : 0];
        const message = literal(argument);
        const place = `${file.slice(home.length + 1)}:${text.slice(0, node.start).split('\n').length}`;
        if (message === undefined) {
          if (!file.endsWith('schemas/src/text/text.ts')) found.set(`${place} is not a literal`, { kind: 'bad', place });
          return;
        }
        found.set(message, { kind: name === 'tn' ? 'plural' : 'plain', place });
      },
    }).visit(program);
  }
  return found;
}

/**
 * @param {import('oxc-parser').Expression | import('oxc-parser').Argument | undefined} node
 * @returns {string | undefined}
 */
function literal(node) {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type === 'TemplateLiteral' && node.expressions.length === 0) return node.quasis[0]?.value.cooked ?? undefined;
  if (node?.type === 'BinaryExpression' && node.operator === '+') {
    const [left, right] = [literal(node.left), literal(node.right)];
    return left === undefined || right === undefined ? undefined : left + right;
  }
  return undefined;
}

/**
 * @param {string} folder
 * @returns {Generator<string>}
 */
function* listSources(folder) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* listSources(path);
    else if (entry.name.endsWith('.ts') && !/\.(test|d)\.ts$/.test(entry.name)) yield path;
  }
}

/**
 * Russian of one folder: `FOLDER.json`, and `FOLDER-PART.json` where a folder has many texts.
 * @param {string} folder
 * @returns {Record<string, string>}
 */
function readRussian(folder, tree = root) {
  const home = join(tree, 'l10n', 'ru');
  const names = existsSync(home)
    ? readdirSync(home).filter((name) => name === `${folder}.json` || (name.startsWith(`${folder}-`) && name.endsWith('.json')))
    : [];
  return Object.assign({}, ...names.map((name) => JSON.parse(readFileSync(join(home, name), 'utf8'))));
}

/** @param {string} text */
const placeholders = (text) => [...new Set(text.match(/\{\d+\}/g) ?? [])].sort((left, right) => (left < right ? -1 : 1)).join('');

/**
 * Problems of the whole catalogue, as lines.
 * @returns {{ kind: string, folder: string, key?: string, text: string }[]}
 */
export function checkCatalogue() {
  const problems = [];
  const merged = new Map();
  for (const folder of folders) {
    const messages = collectMessages(folder);
    const russian = readRussian(folder);
    const keys = new Set();
    for (const [message, { kind, place }] of messages) {
      if (kind === 'bad') {
        problems.push({ kind: 'bad', folder, text: message });
        continue;
      }
      for (const key of kind === 'plural' ? russianForms.map((form) => `${message}#${form}`) : [message]) {
        keys.add(key);
        const translation = russian[key];
        if (translation === undefined)
          problems.push({ kind: 'missing', folder, key, text: `${place}: no Russian for "${key}" in l10n/ru/${folder}.json` });
        else if (kind === 'plain' && placeholders(translation) !== placeholders(message))
          problems.push({ kind: 'placeholders', folder, text: `l10n/ru/${folder}.json: "${key}" has other placeholders` });
      }
    }
    for (const [key, value] of Object.entries(russian)) {
      if (!keys.has(key)) problems.push({ kind: 'unused', folder, key, text: `l10n/ru/${folder}.json: "${key}" is not used` });
      if (merged.has(key) && merged.get(key) !== value)
        problems.push({ kind: 'clash', folder, text: `l10n/ru/${folder}.json: "${key}" is translated in another way elsewhere` });
      merged.set(key, value);
    }
  }
  return problems;
}

/** Writes the bundle in the format VS Code reads: l10n/bundle.l10n.ru.json. */
export function writeBundles(home = root) {
  const merged = Object.assign({}, ...folders.map((folder) => readRussian(folder, home)));
  const sorted = Object.fromEntries(Object.entries(merged).sort(([left], [right]) => (left < right ? -1 : 1)));
  const path = join(home, 'l10n', 'bundle.l10n.ru.json');
  const text = `${JSON.stringify(sorted, null, 2)}\n`;
  if (!existsSync(path) || readFileSync(path, 'utf8') !== text) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  if (process.argv.includes('--list')) {
    /** @type {Record<string, Record<string, string>>} */
    const byFolder = {};
    for (const { kind, folder, key } of checkCatalogue()) if (kind === 'missing' && key !== undefined) (byFolder[folder] ??= {})[key] = '';
    console.log(JSON.stringify(byFolder, null, 2));
  } else if (process.argv.includes('--check')) {
    const problems = checkCatalogue();
    for (const { text } of problems) console.error(text);
    if (problems.length > 0) process.exit(1);
  } else writeBundles();
}
