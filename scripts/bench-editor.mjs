// How long the extension keeps a person waiting in VS Code's workbench. Its activation as VS Code reports it: of itself, by a
// click on its view in a window that has started; and in a window that starts with an infra file, where VS Code's clock for our
// code also runs while it loads those of its own extensions that start at the same moment. And the servers view from the click
// to its first row, in a window opened again while the panel is gone, so that the rows come from the cache.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { loadTs } from './load-ts.mjs';
import { launchChromium } from './vscode/chromium.mjs';
import { startKeeper } from './vscode/keeper.mjs';
import { linkExtension } from './vscode/open-window.mjs';
import { startServer, workbenchUrl } from './vscode/start-server.mjs';

const infra = `version: 1
project: bench
defaults: { dc: Xelent, image: Ubuntu 20.4 x64, cpu: 1, ram: 1 GB, disk: 10 GB }
servers: { node: { count: 20 } }
`;

const { selectors } = await loadTs('test/journeys/helpers/selectors.ts');
const { runCommand } = await loadTs('test/journeys/helpers/quick-input.ts');
const cloud = selectors.activity('1cloud');
const explorer = selectors.activity('Explorer');

/** Needs `dist/`. Gives milliseconds, each a median over `rounds` loads of the window. */
export async function benchEditor(rounds = 3) {
  const keeper = startKeeper();
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'ict-bench-')));
  keeper.keep({ folder });
  const cli = join(process.cwd(), 'dist', 'cli.js');
  const environment = { ICT_SANDBOX_DIR: join(folder, 'sandbox'), ICT_CONFIG_DIR: join(folder, 'config'), ICT_AGENT: 'off' };
  /** @param {string[]} words */
  const ict = (...words) => spawnSync(process.execPath, [cli, ...words], { env: { ...process.env, ...environment }, encoding: 'utf8' });
  keeper.keep({ run: [process.execPath, cli, 'sandbox', 'stop'], env: environment });
  const { endpoint, token } = JSON.parse(ict('sandbox', 'start', '--detach', '--delay', '0', '--json').stdout);
  Object.assign(environment, { ONECLOUD_ENDPOINT: endpoint, ONECLOUD_TOKEN: token });
  const project = join(folder, 'project');
  const file = join(project, 'infra.yaml');
  const dataDir = join(folder, 'vscode');
  linkExtension(dataDir);
  const empty = join(folder, 'empty');
  for (const one of [project, empty]) mkdirSync(one);
  writeFileSync(file, infra);
  ict('apply', file, '--yes');
  const settings = { 'security.workspace.trust.enabled': false };
  const [server, browser] = await Promise.all([startServer({ dataDir, keeper, settings, environment }), launchChromium()]);
  try {
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    await page.goto(workbenchUrl(server, { folder: project, file }));
    await page.locator(cloud).first().click();
    await page.locator(selectors.treeRow).filter({ hasText: 'node-1' }).first().waitFor();
    await page.locator(explorer).first().click();
    ict('sandbox', 'stop');
    /** @type {Record<'activations' | 'withWindow' | 'paints', number[]>} */
    const { activations, withWindow, paints } = { activations: [], withWindow: [], paints: [] };
    for (let round = 0; round < rounds; round += 1) {
      await page.reload();
      await page.locator(selectors.codeLens).first().waitFor();
      paints.push(await timeFirstRow(page));
      // Opens over everything else.
      withWindow.push(await readActivation(page));
    }
    for (let round = 0; round < rounds; round += 1) {
      const other = await browser.newPage({ viewport: { width: 1400, height: 900 } });
      await other.goto(workbenchUrl(server, { folder: empty }));
      // Loaded when a window has started: the last of VS Code's own.
      await readActivation(other, 'Merge Conflict');
      await other.keyboard.press('Escape');
      await other.locator(cloud).first().click();
      await other.locator(selectors.welcome).first().waitFor();
      activations.push(await readActivation(other));
      await other.close();
    }
    return { activationMs: median(activations), withWindowMs: median(withWindow), firstRowMs: median(paints) };
  } finally {
    await browser.close();
    await keeper.end();
  }
}

/**
 * What VS Code's list of running extensions says of one, when it is there, milliseconds.
 * @param {import('playwright-core').Page} page
 * @param {string} extension
 */
async function readActivation(page, extension = '1cloud') {
  await runCommand(page, 'Developer: Show Running Extensions');
  const ours = page.locator(selectors.runningExtension).filter({ hasText: extension }).first();
  await ours.getByText(/Activation/).waitFor();
  return Number(/(\d+)ms/.exec(await ours.innerText())?.[1]);
}

/**
 * From the click on the view's icon to the first row of a server, measured within the page, milliseconds.
 * @param {import('playwright-core').Page} page
 */
async function timeFirstRow(page) {
  await page.locator(explorer).first().click();
  await page.locator(selectors.treeRow).filter({ hasText: 'node-1' }).first().waitFor({ state: 'hidden' });
  await page.evaluate((/** @type {string} */ rows) => {
    const own = /** @type {Window & { firstRow?: Promise<number> }} */ (window);
    own.firstRow = new Promise((resolve) => {
      addEventListener(
        'mousedown',
        ({ timeStamp }) => {
          const look = () =>
            [...document.querySelectorAll(rows)].some((one) => one.textContent?.includes('node-1'))
              ? resolve(performance.now() - timeStamp)
              : requestAnimationFrame(look);
          look();
        },
        { capture: true, once: true },
      );
    });
  }, selectors.treeRow);
  await page.locator(cloud).first().click();
  return page.evaluate(async () => (await /** @type {Window & { firstRow?: Promise<number> }} */ (window).firstRow) ?? Number.NaN);
}

/** @param {number[]} values */
const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/**
 * As a line of the report.
 * @param {Awaited<ReturnType<typeof benchEditor>>} figures
 */
export const describeEditor = ({ activationMs, withWindowMs, firstRowMs }) =>
  `in VS Code's workbench: activation ${activationMs} ms, ${withWindowMs} ms among the extensions of a window that starts; ` +
  `servers view from the click to its first row ${firstRowMs.toFixed(0)} ms, out of the cache`;

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(describeEditor(await benchEditor()));
