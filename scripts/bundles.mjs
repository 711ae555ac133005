// What is bundled, and how: CommonJS for Node 20 and VS Code, one file each, but for the extension, of which an editor that starts reads
// the first only.

// zod carries its messages in fifty languages; ours come from the catalogue.
/** @type {import('esbuild').Plugin} */
const withoutZodLocales = {
  name: 'without-zod-locales',
  setup: ({ onLoad }) => onLoad({ filter: /[\\/]zod[\\/]v4[\\/]locales[\\/]index\.js$/ }, () => ({ contents: 'export {};', loader: 'js' })),
};

const common = /** @satisfies {import('esbuild').BuildOptions} */ ({
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  sourcemap: 'linked',
  // The sources are there where the maps are.
  sourcesContent: false,
  legalComments: 'none',
  logLevel: 'warning',
  // Packages that look at import.meta.url would see undefined in CommonJS.
  banner: { js: 'const importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
  define: { 'import.meta.url': 'importMetaUrl' },
  mainFields: ['module', 'main'],
  plugins: [withoutZodLocales],
});

// The client of the language server is most of the extension's code and is wanted only after activation: a file of its own.
/** @type {import('esbuild').Plugin} */
const languageClientApart = {
  name: 'language-client-apart',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^vscode-languageclient\/node$/ }, () => ({ path: './language-client.js', external: true })),
};

// So is what it imports later: the modules of lazy-modules.ts, together.
/** @type {import('esbuild').Plugin} */
const laterApart = {
  name: 'later-apart',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^[.#]/ }, ({ kind }) => (kind === 'dynamic-import' ? { path: './lazy-modules.js', external: true } : undefined)),
};

/** @type {import('esbuild').BuildOptions} */
const extension = { ...common, external: ['vscode'], plugins: [...common.plugins, languageClientApart, laterApart] };

/**
 * The terminal tool or the language server as it ships, but whole instead of minified, at `outfile`: for whatever wants the program of
 * these sources, not the one that lies in dist/.
 * @param {'cli' | 'server'} name
 * @param {string} outfile
 */
export const bundleOf = (name, outfile) => ({ ...common, entryPoints: [`${name}/src/main.ts`], outfile });

/** The extension, the language server and the terminal tool, each with what it loads later. */
/** @type {import('esbuild').BuildOptions[]} */
const programs = [
  bundleOf('cli', 'dist/cli.js'),
  bundleOf('server', 'dist/server.js'),
  { ...extension, entryPoints: ['client/src/extension.ts'], outfile: 'dist/extension.js' },
  { ...extension, entryPoints: ['client/src/lazy-modules.ts'], outfile: 'dist/lazy-modules.js' },
  { ...common, entryPoints: ['vscode-languageclient/node'], outfile: 'dist/language-client.js', external: ['vscode'] },
  // The page of the dashboard runs in the editor's browser: its script and its style.
  {
    bundle: true,
    platform: 'browser',
    target: 'es2022',
    format: 'iife',
    sourcemap: 'linked',
    legalComments: 'none',
    logLevel: 'warning',
    plugins: [withoutZodLocales],
    entryPoints: ['client/src/dashboard-page/dashboard.ts', 'client/src/dashboard-page/dashboard.css'],
    outdir: 'dist',
  },
];

/**
 * Every bundle. Source maps lie beside them, and not in packages: `.vscodeignore` leaves them out.
 * @param {{ isDev: boolean }} options
 */
export const listBundles = ({ isDev }) => programs.map((program) => ({ ...program, minify: !isDev }));
