// The suites of test/extension inside a real VS Code: the downloaded desktop one where that can run, else VS Code's server
// with its workbench in a browser. `--vsix FILE` tests that package, installed, and what is in it. Ends with
// `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { ensureNpmPackages } from './setup.mjs';

ensureNpmPackages();
const { build } = await import('esbuild');
const { downloadAndUnzipVSCode, runTests } = await import('@vscode/test-electron');
const { loadTs } = await import('./load-ts.mjs');
const { startHostsSandbox } = await import('./vscode/hosts-sandbox.mjs');
const { startKeeper } = await import('./vscode/keeper.mjs');

const isDesktop = process.argv.includes('--desktop') || process.platform !== 'linux';
const vsixAt = process.argv.indexOf('--vsix');
const vsix = vsixAt < 0 ? undefined : resolve(process.argv[vsixAt + 1]);
const report = resolve('.cache', vsix ? 'report-package.json' : 'report-vscode.json');
const output = resolve('.tsbuild', vsix ? 'package-suites' : 'extension-suites');

if (!vsix && !process.argv.includes('--no-build')) {
  const { status } = spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
  if (status !== 0) process.exit(1);
}
await bundleSuites();
mkdirSync('.cache', { recursive: true });
rmSync(report, { force: true });
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
let isOk = true;
try {
  await runTests({
    vscodeExecutablePath: isDesktop ? await downloadAndUnzipVSCode('stable') : resolve('scripts/vscode/headless-code.mjs'),
    extensionDevelopmentPath: resolve(vsix ? 'test/package/driver' : '.'),
    extensionTestsPath: join(output, 'run-suites.cjs'),
    launchArgs: [folder, ...(vsix ? [`--vsix=${vsix}`] : [])],
    extensionTestsEnv: {
      ONECLOUD_ENDPOINT: sandbox.endpoint,
      ONECLOUD_TOKEN: sandbox.token,
      // No stored account, no agents on servers without hosts.
      ICT_CONFIG_DIR: join(folder, '.config'),
      ICT_AGENT: 'off',
      ICT_TEST_ROOT: process.cwd(),
      ICT_TEST_EXTENSION: `${publisher}.${name}`,
      ICT_TEST_REPORT: report,
      ...hosts,
      ...(vsix ? { ICT_TEST_VSIX: vsix } : {}),
    },
  });
} catch (error) {
  isOk = false;
  console.error(error.message);
}
await sandbox.close();
await keeper.end();
const counts = readCounts();
if (!isOk && counts.numFailedTests === 0) counts.numFailedTests = 1;
console.log(`${counts.numPassedTests} passed, ${counts.numFailedTests} failed`);
process.exitCode = isOk ? 0 : 1;

function readCounts() {
  try {
    return JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0 };
  }
}

/** Each suite is a bundle of its own, so that the extension host needs no module of this project but mocha. */
async function bundleSuites() {
  rmSync(output, { recursive: true, force: true });
  const suites = ['test/extension/suites', ...(vsix ? ['test/package'] : [])].flatMap((from) =>
    readdirSync(from)
      .filter((file) => file.endsWith('.suite.ts'))
      .map((file) => join(from, file)),
  );
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
}
