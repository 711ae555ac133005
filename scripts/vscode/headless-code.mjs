#!/usr/bin/env node
// Stands in for a desktop VS Code where there is none: takes the arguments that @vscode/test-electron gives one, runs the
// tests inside the extension host of VS Code's server, with its workbench in a browser without a window, and exits with the
// extension host's exit code; 99 when it gave none. Further arguments: --vsix=FILE installs that package first, --restricted opens
// the folder without trust.
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { format } from 'node:util';
import { launchChromium } from './chromium.mjs';
import { startKeeper } from './keeper.mjs';
import { installExtension, startServer, workbenchUrl } from './start-server.mjs';

/** The whole run, milliseconds. */
const LIMIT_MS = Number(process.env.ICT_TEST_LIMIT_MS ?? 300_000);
/** Lines of the report are told from VS Code's own by it. */
const MARK = '[test] ';
const NO_RESULT = 99;

const args = process.argv.slice(2);
/** @param {string} name */
const option = (name) => args.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
const folder = args.find((arg) => !arg.startsWith('-'));
const [developmentPath, testsPath, vsix] = [option('extensionDevelopmentPath'), option('extensionTestsPath'), option('vsix')];
if (!folder || !developmentPath || !testsPath) {
  console.error('usage: headless-code FOLDER --extensionDevelopmentPath=DIR --extensionTestsPath=FILE [--vsix=FILE]');
  process.exit(2);
}

// Nobody is there to answer whether the folder is trusted, so it is not.
const trustSettings = args.includes('--restricted')
  ? { 'security.workspace.trust.startupPrompt': 'never', 'security.workspace.trust.banner': 'never' }
  : { 'security.workspace.trust.enabled': false };
const keeper = startKeeper();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(name, () => void keeper.end().then(() => process.exit(NO_RESULT)));
const dataDir = mkdtempSync(join(tmpdir(), 'ict-vscode-'));
keeper.keep({ folder: dataDir });
if (vsix) installExtension(dataDir, vsix);
const [server, browser] = await Promise.all([
  startServer({ dataDir, keeper, isDevelopment: true, settings: trustSettings }),
  launchChromium(),
]);
const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
/** @type {string[]} */
const others = [];
let code = NO_RESULT;
try {
  code = await runTests(folder, { developmentPath, testsPath });
} catch (error) {
  console.error(error);
}
if (code !== 0) {
  mkdirSync('test-results', { recursive: true });
  await page.screenshot({ path: resolve('test-results', 'vscode-failure.png') }).catch(() => undefined);
  if (code === NO_RESULT || process.env.ICT_LOG) console.error([...others, server.log()].join('\n'));
}
await browser.close();
await keeper.end();
process.exit(code);

/**
 * Opens the window; gives the exit code of its extension host.
 * @param {string} folder
 * @param {{ developmentPath: string, testsPath: string }} paths
 * @returns {Promise<number>}
 */
async function runTests(folder, paths) {
  /** @type {Promise<number>} */
  const ended = new Promise((found, fail) => {
    setTimeout(() => fail(new Error(`no result after ${LIMIT_MS} ms`)), LIMIT_MS).unref();
    page.once('crash', () => fail(new Error('the page crashed')));
    // VS Code calls these two when a page defines them: for each line of its console, and when the extension host ends.
    void page.exposeFunction('codeAutomationExit', found).catch(fail);
  });
  await page.exposeFunction('codeAutomationLog', (/** @type {string} */ type, /** @type {unknown[]} */ words) => {
    const line = format(...words);
    if (line.startsWith(MARK.trimEnd())) console.log(line.slice(MARK.length));
    else others.push(`${type}: ${line}`);
  });
  await page.goto(workbenchUrl(server, { folder, ...paths }));
  return ended;
}
