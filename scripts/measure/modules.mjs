// The TypeScript modules of the house as values: what each imports, exports and describes. Read once, by oxc-parser.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parseSync } from 'oxc-parser';

/**
 * A node of the syntax tree: whatever its kind has besides.
 * @typedef {import('oxc-parser').Span & { type: string } & Record<string, any>} Node
 */

/**
 * @typedef {object} Import
 * @property {string | undefined} file module of the house that is meant; undefined for a package
 * @property {string} specifier
 * @property {readonly string[] | 'all'} names what is imported of it; `all` for a namespace, a re-export of everything or `import()`
 */

/**
 * @typedef {object} Export
 * @property {string} name
 * @property {'function' | 'class' | 'constant' | 'type' | 'other'} kind
 * @property {string} doc the comment above it, empty when there is none
 * @property {boolean} throws its own body has a `throw`
 * @property {boolean} isUsedInside the module itself uses the name besides exporting it
 * @property {boolean} isInferred a type that is read off a schema (`z.output<…>`), described where the schema is
 */

/**
 * @typedef {object} Module
 * @property {string} file path from the root, with slashes
 * @property {string} folder
 * @property {string} text
 * @property {number} lines
 * @property {'source' | 'test' | 'generated'} kind test: what only tests import, helpers included
 * @property {readonly Import[]} imports
 * @property {readonly Export[]} exports
 */

/** Top folders with sources, each with its `src`. */
export const tops = ['schemas', 'core', 'cli', 'sandbox', 'server', 'client'];

/**
 * Modules of a working tree: sources, their tests, and `test/`.
 * @param {string} [root]
 * @returns {readonly Module[]}
 */
export function readModules(root = '.') {
  // A working tree of an earlier day may have other top folders.
  const homes = [...tops, 'yaml'].map((top) => `${top}/src`).concat('test');
  const files = homes.filter((home) => existsSync(join(root, home))).flatMap((home) => listFiles(root, home, /(?<!\.d)\.ts$/));
  return parseModules(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));
}

/**
 * Files below a folder, as paths from the root.
 * @param {string} root
 * @param {string} folder
 * @param {RegExp} pattern
 */
export function listFiles(root, folder, pattern) {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && pattern.test(entry.name))
    .map((entry) => posix.join(folder, entry.parentPath.slice(join(root, folder).length).replaceAll('\\', '/'), entry.name))
    .sort();
}

/**
 * @param {readonly (readonly [file: string, text: string])[]} files
 * @returns {readonly Module[]}
 */
export function parseModules(files) {
  const known = new Set(files.map(([file]) => file));
  return files.map(([file, text]) => parseModule(file, text, known));
}

/**
 * @param {string} file
 * @param {string} text
 * @param {ReadonlySet<string>} known
 * @returns {Module}
 */
function parseModule(file, text, known) {
  const parsed = parseSync(file, text);
  if (parsed.errors.length > 0) throw new Error(`${file}: ${parsed.errors[0]?.message}`);
  /** @type {Import[]} */
  const imports = [];
  /** @param {string} specifier @param {readonly string[] | 'all'} names */
  const add = (specifier, names) => imports.push({ specifier, names, file: toFile(file, specifier, known) });
  for (const { moduleRequest, entries } of parsed.module.staticImports) {
    // Without a name: a namespace, or the default export, which no module of the house has.
    const names = entries.map(({ importName }) => importName.name ?? undefined);
    add(moduleRequest.value, names.includes(undefined) ? 'all' : names.filter((name) => name !== undefined));
  }
  for (const { entries } of parsed.module.staticExports)
    for (const { moduleRequest, importName } of entries)
      if (moduleRequest) add(moduleRequest.value, importName.name === null ? 'all' : [importName.name]);
  // `import('./x.ts')`, also as a type: neither stands with the static ones.
  for (const [, specifier] of text.matchAll(/\bimport\(\s*'([^']+)'/g)) if (specifier !== undefined) add(specifier, 'all');
  const kind = kindOf(file);
  return {
    file,
    folder: posix.dirname(file),
    text,
    lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
    kind,
    imports,
    // The tree of a test is not needed, and trees are what takes time.
    exports: kind === 'test' ? [] : listExports(parsed.program, text, parsed.comments),
  };
}

/** @param {string} file @returns {Module['kind']} */
function kindOf(file) {
  if (/\.test\.ts$|\/testing\/|^test\//.test(file)) return 'test';
  return file.includes('/generated/') ? 'generated' : 'source';
}

/**
 * @param {string} from
 * @param {string} specifier
 * @param {ReadonlySet<string>} known
 */
function toFile(from, specifier, known) {
  const path = specifier.startsWith('#')
    ? specifier.replace(/^#(\w+)\//, (_all, top) => (top === 'test' ? 'test/' : `${top}/src/`))
    : specifier.startsWith('.')
      ? posix.join(posix.dirname(from), specifier)
      : undefined;
  return path !== undefined && known.has(path) ? path : undefined;
}

/**
 * @param {Node} program
 * @param {string} text
 * @param {readonly import('oxc-parser').Comment[]} comments
 * @returns {Export[]}
 */
function listExports(program, text, comments) {
  const uses = countNames(program);
  /** @param {Node} node */
  const docOf = (node) => {
    const before = comments.findLast(({ end }) => end <= node.start);
    const isDoc = before?.type === 'Block' && before.value.startsWith('*') && /^\s*$/.test(text.slice(before.end, node.start));
    return isDoc ? before.value.replace(/^\s*\* ?/gm, '').trim() : '';
  };
  /** @type {Export[]} */
  const found = [];
  /** @param {Node} statement @param {string} name @param {Export['kind']} kind @param {Node | undefined} body */
  const add = (statement, name, kind, body) =>
    found.push({
      name,
      kind,
      doc: docOf(statement),
      throws: body !== undefined && hasOwnThrow(body),
      isUsedInside: (uses.get(name) ?? 0) > 1,
      isInferred:
        kind === 'type' && /^\s*export type \w+(?:<[^=]*>)? = (?:Readonly<)?z\.(?:output|infer|input)</.test(text.slice(statement.start)),
    });
  for (const statement of program['body']) {
    if (statement.type !== 'ExportNamedDeclaration') continue;
    const { declaration } = statement;
    for (const { exported } of statement.source === null ? statement.specifiers : []) add(statement, exported.name, 'other', undefined);
    switch (declaration?.type) {
      case 'FunctionDeclaration':
      case 'TSDeclareFunction':
        // Overloads are one export.
        if (found.some(({ name }) => name === declaration.id.name)) break;
        add(statement, declaration.id.name, 'function', declaration.body ?? undefined);
        break;
      case 'ClassDeclaration':
        add(statement, declaration.id.name, 'class', undefined);
        break;
      case 'TSInterfaceDeclaration':
      case 'TSTypeAliasDeclaration':
      case 'TSEnumDeclaration':
        if (found.some(({ name }) => name === declaration.id.name)) break;
        add(statement, declaration.id.name, 'type', undefined);
        break;
      case 'VariableDeclaration':
        for (const { id, init } of declaration.declarations) {
          const isFunction = init?.type === 'ArrowFunctionExpression' || init?.type === 'FunctionExpression';
          for (const name of countNames({ ...id, typeAnnotation: undefined }).keys())
            add(statement, name, isFunction ? 'function' : 'constant', isFunction ? init.body : undefined);
        }
    }
  }
  return found;
}

/**
 * Names that stand in a piece of code for variables and types, each with how often: no fields, no keys.
 * @param {Node} node
 * @param {Map<string, number>} [counts]
 */
function countNames(node, counts = new Map()) {
  if (node.type === 'Identifier') counts.set(node['name'], (counts.get(node['name']) ?? 0) + 1);
  for (const [key, child] of childrenOf(node)) {
    const isField = (key === 'property' || key === 'key') && !node['computed'] && child.type === 'Identifier' && !node['shorthand'];
    if (!isField && !(key === 'key' && node['shorthand'])) countNames(child, counts);
  }
  return counts;
}

/**
 * A `throw` of the function itself, not of one written within.
 * @param {Node} body
 * @returns {boolean}
 */
function hasOwnThrow(body) {
  if (body.type === 'ThrowStatement') return true;
  return childrenOf(body).some(([, child]) => !/Function|^Class/.test(child.type) && hasOwnThrow(child));
}

/**
 * Nodes right below, each with the name of the field it stands in.
 * @param {Node} node
 * @returns {[key: string, child: Node][]}
 */
function childrenOf(node) {
  /** @type {[string, Node][]} */
  const children = [];
  for (const key in node) {
    const value = node[key];
    if (Array.isArray(value)) {
      for (const one of value) if (typeof one?.type === 'string') children.push([key, one]);
    } else if (typeof value?.type === 'string') children.push([key, value]);
  }
  return children;
}
