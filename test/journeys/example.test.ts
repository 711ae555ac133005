import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { type Sandbox, startSandbox } from '#sandbox/start-sandbox.ts';
import { closeBrowser, languages, openWorkbench, type Workbench } from './helpers/open-workbench.ts';
import { selectors } from './helpers/selectors.ts';

let folder: string;
let file: string;
let sandbox: Sandbox;
let workbench: Workbench | undefined;

beforeEach(async () => {
  folder = mkdtempSync(join(realpathSync(tmpdir()), 'shop-'));
  file = join(folder, 'infra.yaml');
  cpSync('examples/shop', folder, { recursive: true });
  sandbox = await startSandbox({ delays: 0 });
});
afterEach(async ({ task }) => {
  if (task.result?.state === 'fail') {
    await workbench?.screenshot('failure');
    console.error(workbench?.log());
  }
  await workbench?.close();
  workbench = undefined;
  await sandbox.close();
  rmSync(folder, { recursive: true, force: true });
});
afterAll(closeBrowser);

const signedIn = (): Record<string, string> => ({
  ONECLOUD_ENDPOINT: sandbox.endpoint,
  ONECLOUD_TOKEN: sandbox.token,
  ICT_AGENT: 'off',
});

/** What is looked for, by language of the window. */
const words = {
  en: { lenses: ['Plan', 'Apply', 'Deploy'], fix: 'Did you mean `small`?', notCreated: 'not created' },
  ru: { lenses: ['План', 'Применить', 'Развернуть'], fix: 'Возможно, имелось в виду `small`?', notCreated: 'не создан' },
} as const;

test.each(languages)('the example shows lenses, a mistake and its cause, in %s and every theme', async (language) => {
  writeFileSync(file, readFileSync(file, 'utf8').replace('size: small', 'size: smoll'));
  workbench = await openWorkbench({ folder, file, language, environment: signedIn() });
  const { page } = workbench;
  await page.locator(selectors.errorSquiggle).first().waitFor();
  const lenses = page.locator(selectors.codeLens).first();
  for (const title of words[language].lenses) await lenses.getByText(title, { exact: true }).waitFor();
  const hover = page.locator(selectors.hover).filter({ hasText: 'smoll' }).first();
  await workbench.screenshots('example', async () => {
    await page.locator(selectors.statusBar).hover();
    await page.locator(selectors.editorLine).getByText('smoll').hover();
    await hover.waitFor();
  });
  expect(await hover.innerText()).toContain(words[language].fix);
});

test.each(languages)('the servers view names the servers of the file, in %s and every theme', async (language) => {
  workbench = await openWorkbench({ folder, file, language, environment: signedIn() });
  const { page } = workbench;
  await page.locator(selectors.codeLens).first().waitFor();
  await page.locator(selectors.activity('1cloud')).first().click();
  for (const name of ['web-1', 'web-2', 'db']) await page.locator(selectors.treeRow).filter({ hasText: name }).first().waitFor();
  await workbench.screenshots('servers');
  // What a screen reader says.
  const labels = await page.locator(selectors.treeRow).evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label') ?? ''));
  expect(labels.find((label) => label.includes('web-1'))).toContain(words[language].notCreated);
});

test('a server is written by completion alone', async () => {
  writeFileSync(file, readFileSync(file, 'utf8').replace(/\nservers:\n[^]*?\ngroups:/, '\nservers:\n\ngroups:'));
  // What VS Code indents by itself depends on how fast one types.
  const settings = { 'editor.autoIndent': 'none' };
  workbench = await openWorkbench({ folder, file, settings, environment: signedIn() });
  const { page } = workbench;
  await page.locator(selectors.codeLens).first().waitFor();
  await workbench.command('Go to Line/Column...');
  const line = readFileSync(file, 'utf8').split('\n').indexOf('servers:') + 1;
  await page.keyboard.type(`${line}`);
  await page.keyboard.press('Enter');
  await page.waitForSelector(selectors.focusedEditor);
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('  api:');
  await page.keyboard.press('Enter');
  await page.keyboard.type('    si');
  await page.keyboard.press('Control+Space');
  await page.locator(selectors.suggestion).filter({ hasText: 'size' }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Space');
  await page.locator(selectors.suggestion).filter({ hasText: 'large' }).first().waitFor();
  await workbench.screenshot('completion');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+s');
  await expect.poll(() => readFileSync(file, 'utf8')).toMatch(/\nservers:\n {2}api:\n {4}size: (small|large)\n/);
});
