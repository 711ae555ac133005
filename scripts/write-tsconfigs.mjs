// Writes one tsconfig.json per folder from the import table below, so that a forbidden import does not compile:
// a project sees only the files of the projects it references. `--check` only compares.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Folder → what it may import. This table is the architecture; docs/architecture.md explains it. */
/** @type {Readonly<Record<string, readonly string[]>>} */
export const imports = {
  'schemas/src': [],
  'core/src/async': [],
  'core/src/text': ['schemas/src'],
  'core/src/diagnostics': ['schemas/src', 'core/src/text'],
  'core/src/ports': ['schemas/src', 'core/src/diagnostics'],
  'core/src/infra': ['schemas/src', 'core/src/diagnostics', 'core/src/ports'],
  'core/src/engine': ['schemas/src', 'core/src/async', 'core/src/diagnostics', 'core/src/ports', 'core/src/infra'],
  'core/src/cloud': ['schemas/src', 'core/src/ports'],
  'core/src/providers': ['schemas/src', 'core/src/async', 'core/src/ports', 'core/src/cloud'],
  'core/src/files': ['schemas/src', 'core/src/ports'],
  'core/src/storage': ['schemas/src', 'core/src/ports', 'core/src/files'],
  'core/src/ansible': ['schemas/src', 'core/src/diagnostics', 'core/src/ports'],
  'core/src/platform': ['schemas/src', 'core/src/ports', 'core/src/files'],
  'core/src/metrics': ['schemas/src', 'core/src/ports', 'core/src/diagnostics'],
  'core/src/operations': ['schemas/src', 'core/src/diagnostics', 'core/src/ports', 'core/src/infra', 'core/src/engine', 'core/src/metrics'],
  'core/src/create-core': [
    'schemas/src',
    'core/src/text',
    'core/src/diagnostics',
    'core/src/ports',
    'core/src/infra',
    'core/src/engine',
    'core/src/cloud',
    'core/src/providers',
    'core/src/files',
    'core/src/storage',
    'core/src/ansible',
    'core/src/platform',
    'core/src/metrics',
    'core/src/operations',
  ],
  'sandbox/src': ['schemas/src'],
  'cli/src': [
    'schemas/src',
    'core/src/text',
    'core/src/diagnostics',
    'core/src/ports',
    'core/src/infra',
    'core/src/engine',
    'core/src/operations',
    'core/src/platform',
    'core/src/metrics',
    'core/src/create-core',
    'sandbox/src',
  ],
  // No connection library in sight: the language service cannot send a message, read a file or start a process.
  'server/src/languageservice': ['schemas/src', 'core/src/text', 'core/src/diagnostics', 'core/src/ports', 'core/src/infra'],
  'server/src': [
    'server/src/languageservice',
    'schemas/src',
    'core/src/text',
    'core/src/diagnostics',
    'core/src/ports',
    'core/src/infra',
    'core/src/files',
    'core/src/platform',
    'core/src/create-core',
  ],
  'client/src/charts': ['schemas/src'],
  // Runs in the editor's browser and not in its extension host: no editor's API, no Node.
  'client/src/dashboard-page': ['schemas/src', 'core/src/text', 'client/src/charts'],
  'client/src': ['schemas/src', 'core/src/text', 'client/src/charts'],
};

/**
 * Folders whose code may import Node's own modules; the others are pure and run anywhere (test/architecture.test.ts
 * checks it: they see Node's types only for AbortSignal and the like).
 */
export const nodeFolders = [
  'core/src/cloud',
  'core/src/files',
  'core/src/storage',
  'core/src/ansible',
  'core/src/platform',
  'core/src/metrics',
  'core/src/create-core',
  'sandbox/src',
  'cli/src',
  'server/src',
  'client/src',
];

/** Folders whose code runs in a browser. */
const browserFolders = new Set(['client/src/dashboard-page']);

/** @param {string} folder */
const config = (folder) => {
  const up = relative(folder, '.') || '.';
  const isBrowser = browserFolders.has(folder);
  const types = isBrowser ? [] : ['node', ...(folder === 'client/src' ? ['vscode'] : [])];
  return {
    extends: `${up}/tsconfig.base.json`,
    compilerOptions: {
      rootDir: up,
      outDir: `${up}/.tsbuild`,
      tsBuildInfoFile: `${up}/.tsbuild/${folder.replaceAll('/', '-')}.tsbuildinfo`,
      types,
      ...(isBrowser ? { lib: ['ES2023', 'DOM', 'DOM.Iterable'] } : {}),
    },
    include: [
      './**/*.ts',
      ...(folder === 'cli/src' || folder === 'server/src' ? [`${up}/package.json`, `${up}/l10n/bundle.l10n.ru.json`] : []),
    ],
    exclude: ['./**/*.test.ts', ...nestedFolders(folder)],
    references: (imports[folder] ?? []).map((to) => ({ path: relative(folder, to) })),
  };
};

/**
 * Projects inside of a project's folder: their files are their own.
 * @param {string} folder
 */
const nestedFolders = (folder) =>
  Object.keys(imports)
    .filter((other) => other.startsWith(`${folder}/`))
    .map((other) => `./${relative(folder, other)}`);

/** @type {Map<string, object>} */
const files = new Map(Object.keys(imports).map((folder) => [`${folder}/tsconfig.json`, config(folder)]));
files.set('test/tsconfig.json', {
  extends: '../tsconfig.base.json',
  compilerOptions: {
    rootDir: '..',
    outDir: '../.tsbuild',
    tsBuildInfoFile: '../.tsbuild/test.tsbuildinfo',
    types: ['node', 'vscode'],
    allowJs: true,
  },
  include: ['./**/*.ts', ...Object.keys(imports).map((folder) => `../${folder}/**/*.test.ts`)],
  exclude: ['./extension', './package'],
  references: [...Object.keys(imports), 'scripts'].map((to) => ({ path: `../${to}` })),
});
// Suites that run inside of VS Code: mocha's globals are theirs alone.
files.set('test/extension/tsconfig.json', {
  extends: '../../tsconfig.base.json',
  compilerOptions: {
    rootDir: '../..',
    outDir: '../../.tsbuild',
    tsBuildInfoFile: '../../.tsbuild/test-extension.tsbuildinfo',
    types: ['node', 'vscode', 'mocha'],
  },
  include: ['./**/*.ts', '../package/**/*.ts'],
  references: [{ path: '../../schemas/src' }],
});
// Plain JavaScript that Node runs as it is, with its types in JSDoc.
files.set('scripts/tsconfig.json', {
  extends: '../tsconfig.base.json',
  compilerOptions: {
    rootDir: '..',
    outDir: '../.tsbuild',
    tsBuildInfoFile: '../.tsbuild/scripts.tsbuildinfo',
    types: ['node'],
    // What runs in the page of a browser is written between what starts it.
    lib: ['ES2023', 'DOM', 'DOM.Iterable'],
    allowJs: true,
    checkJs: true,
  },
  include: ['./**/*.mjs'],
});
files.set('tsconfig.json', {
  files: [],
  references: [...Object.keys(imports), 'scripts', 'test', 'test/extension'].map((path) => ({ path: `./${path}` })),
});

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const check = process.argv.includes('--check');
  let stale = 0;
  for (const [path, value] of files) {
    const text = `${JSON.stringify(value, null, 2)}\n`;
    const full = join(root, path);
    let now = '';
    try {
      now = readFileSync(full, 'utf8');
    } catch {
      /* not written yet */
    }
    if (now === text) continue;
    stale++;
    if (check) console.error(`${path} differs from the import table: run  npm run generate`);
    else {
      mkdirSync(dirname(full), { recursive: true });
      writeFileSync(full, text);
    }
  }
  if (check && stale > 0) process.exit(1);
}
