// The suites of test/extension inside a real VS Code: the downloaded desktop one where that can run, else VS Code's server
// with its workbench in a browser. `--vsix FILE` tests that package, installed, and what is in it; `--only WORD` runs the suites
// with that word in their file's name. Ends with `N passed, N failed, N skipped`.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { ensureNpmPackages } from './setup.mjs';

ensureNpmPackages();
const { build } = await import('esbuild');
const { downloadAndUnzipVSCode, runTests } = await import('@vscode/test-electron');
const { loadTs } = await import('./load-ts.mjs');
const { startHostsSandbox } = await import('./vscode/hosts-sandbox.mjs');
const { describeCounts, nothing, parseReport, readReport } = await import('./test-report.mjs');
const { startKeeper } = await import('./vscode/keeper.mjs');

const isDesktop = process.argv.includes('--desktop') || process.platform !== 'linux';
/** @param {string} name */
const option = (name) => (process.argv.includes(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined);
const only = option('--only') ?? '';
const packed = option('--vsix');
const vsix = packed === undefined ? undefined : resolve(packed);
const report = resolve('.cache', vsix ? 'report-package.json' : 'report-vscode.json');
/** Windows one after another, each with its suites. */
const windows = vsix
  ? [{ name: 'package-suites', folders: ['test/extension/suites', 'test/package'], args: [`--vsix=${vsix}`] }]
  : [
      { name: 'extension-suites', folders: ['test/extension/suites'], args: [] },
      // Only of VS Code's server it is known how its workspaces are not trusted.
      ...(isDesktop ? [] : [{ name: 'restricted-suites', folders: ['test/extension/restricted'], args: ['--restricted'] }]),
    ];

if (!vsix && !process.argv.includes('--no-build')) {
  const { status } = spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}
mkdirSync('.cache', { recursive: true });
const keeper = startKeeper();
// The real path: VS Code's watcher and its documents name it so.
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'ict-window-')));
keeper.keep({ folder });
// Beside the window's folder: what the sandbox writes is no file of the user's.
const stateFolder = mkdtempSync(join(tmpdir(), 'ict-suites-'));
keeper.keep({ folder: stateFolder });
const { startSandbox } = await loadTs('sandbox/src/start-sandbox.ts');
const sandbox = await startSandbox({ delays: 0 });
// Of a package the suites see only what VS Code's API gives back, so its operations are left to the working tree's run.
const hosts = vsix ? { ICT_TEST_NO_HOSTS: 'the working tree has them' } : startHostsSandbox({ folder: stateFolder, keeper });
const { publisher, name } = JSON.parse(readFileSync('package.json', 'utf8'));
/** In the words of vitest's report, which `npm test` reads. */
/** @type {{ numPassedTests: number, numFailedTests: number, testResults: { assertionResults: { fullName: string, status: string }[] }[] }} */
const counts = { numPassedTests: 0, numFailedTests: 0, testResults: [] };
for (const window of windows) await runWindow(window);
await sandbox.close();
await keeper.end();
writeFileSync(report, JSON.stringify(counts));
console.log(describeCounts(parseReport(JSON.stringify(counts))));
process.exitCode = counts.numFailedTests > 0 ? 1 : 0;

/**
 * Runs suites in a window of their own and adds up what became of them.
 * @param {typeof windows[number]} window
 */
async function runWindow({ name: title, folders, args }) {
  const output = resolve('.tsbuild', title);
  const ownReport = join(stateFolder, `${title}.json`);
  if (!(await bundleSuites(folders, output))) return;
  sandbox.reset();
  let isOk = true;
  try {
    await runTests({
      vscodeExecutablePath: isDesktop ? await downloadAndUnzipVSCode('stable') : resolve('scripts/vscode/headless-code.mjs'),
      extensionDevelopmentPath: resolve(vsix ? 'test/package/driver' : '.'),
      extensionTestsPath: join(output, 'run-suites.cjs'),
      launchArgs: [folder, ...args],
      extensionTestsEnv: {
        ONECLOUD_ENDPOINT: sandbox.endpoint,
        ONECLOUD_TOKEN: sandbox.token,
        // No stored account, no agents on servers without hosts.
        ICT_CONFIG_DIR: join(folder, '.config'),
        ICT_AGENT: 'off',
        ICT_TEST_ROOT: process.cwd(),
        ICT_TEST_EXTENSION: `${publisher}.${name}`,
        ICT_TEST_REPORT: ownReport,
        ...hosts,
        ...(vsix ? { ICT_TEST_VSIX: vsix } : {}),
      },
    });
  } catch (error) {
    isOk = false;
    console.error(error instanceof Error ? error.message : error);
  }
  const { passed, failed, skipped } = readReport(ownReport) ?? nothing;
  counts.numPassedTests += passed;
  counts.numFailedTests += failed === 0 && !isOk ? 1 : failed;
  counts.testResults.push({ assertionResults: skipped.map((fullName) => ({ fullName, status: 'skipped' })) });
}

/**
 * Each suite is a bundle of its own, so that the extension host needs no module of this project but mocha. False: there are none.
 * @param {readonly string[]} folders
 * @param {string} output
 */
async function bundleSuites(folders, output) {
  rmSync(output, { recursive: true, force: true });
  const suites = folders.flatMap((from) =>
    readdirSync(from)
      .filter((file) => file.endsWith('.suite.ts') && file.includes(only))
      .map((file) => join(from, file)),
  );
  if (suites.length === 0) return false;
  await build({
    entryPoints: Object.fromEntries(['test/extension/run-suites.ts', ...suites].map((path) => [basename(path, '.ts'), path])),
    outdir: output,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return true;
}
