import { execFile } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { Sandbox } from '#sandbox/start-sandbox.ts';
import { prepareJourneys, signedInTo } from './helpers/journey.ts';
import { chooseItem, openMenu } from './helpers/menu.ts';
import { topLens } from './helpers/press-lens.ts';
import { selectors } from './helpers/selectors.ts';

const journey = prepareJourneys();

const infra = `version: 1
project: shop
defaults: { dc: Xelent, image: Ubuntu 20.4 x64, cpu: 1, ram: 1 GB, disk: 10 GB }
servers:
  web:
    count: 2
  db:
    ram: 2 GB
`;

/** A project whose three servers exist: `ict apply` has made them. */
async function createShop(): Promise<{ readonly folder: string; readonly file: string; readonly sandbox: Sandbox }> {
  const folder = journey.createFolder();
  const file = join(folder, 'infra.yaml');
  writeFileSync(file, infra);
  const sandbox = await journey.openSandbox();
  // Not in this process: the sandbox that it asks runs here.
  const env = { ...process.env, ...signedInTo(sandbox) };
  await promisify(execFile)(process.execPath, ['dist/cli.js', 'apply', file, '--yes'], { env });
  return { folder, file, sandbox };
}

/** Runs of the engine that look at a project again and again. */
const listWatches = (file: string): readonly string[] =>
  readdirSync('/proc').filter((id) => {
    if (!/^\d+$/.test(id) || !existsSync(`/proc/${id}/cmdline`)) return false;
    try {
      const line = readFileSync(`/proc/${id}/cmdline`, 'utf8');
      return line.includes('\0watch\0') && line.includes(file);
    } catch {
      return false;
    }
  });

test('three servers chosen with the mouse are stopped after a question that names them, in Russian', async () => {
  const { folder, file, sandbox } = await createShop();
  const workbench = await journey.openWindow({ folder, file, sandbox, language: 'ru' });
  const { page } = workbench;
  const row = (text: string) => page.locator(selectors.treeRow).filter({ hasText: text }).first();
  await page.locator(selectors.activity('1cloud')).first().click();
  await row('web-1').click();
  await row('db').click({ modifiers: ['Shift'] });
  await openMenu(page, row('web-2'), 'Выключить');
  await workbench.screenshot('menu');
  await chooseItem(page, 'Выключить');
  const dialog = page.locator(selectors.dialog);
  await dialog.waitFor();
  for (const name of ['web-1', 'web-2', 'db']) expect(await dialog.innerText()).toContain(name);
  await workbench.screenshot('stop-three');
  await page.locator(selectors.dialogButton).filter({ hasText: 'Выключить' }).first().click();
  await expect.poll(() => sandbox.state.servers.map(({ isPowerOn }) => isPowerOn)).toEqual([false, false, false]);
  await expect.poll(() => page.locator(selectors.treeRow).filter({ hasText: 'выключен' }).count()).toBe(3);
  await workbench.screenshots('stopped');
});

test('a change in the panel is seen, compared with the file, taken into it, and then nothing is left to do', async () => {
  const { folder, file, sandbox } = await createShop();
  const workbench = await journey.openWindow({ folder, file, sandbox });
  const { page } = workbench;
  const row = (text: string) => page.locator(selectors.treeRow).filter({ hasText: text }).first();
  const choose = async (text: string): Promise<void> => {
    await openMenu(page, row('db'), text);
    await chooseItem(page, text);
  };
  await page.locator(selectors.activity('1cloud')).first().click();
  await row('db').waitFor();
  const { id } = sandbox.state.servers.find(({ name }) => name === 'db') ?? { id: 0 };
  const answer = await fetch(`${sandbox.endpoint}/server/${id}`, {
    method: 'PUT',
    headers: { Authorization: `Bearer ${sandbox.token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ CPU: 1, RAM: 4096, HDD: 10, HDDType: 'SSD', IsHighPerformance: false }),
  });
  expect(answer.ok).toBe(true);
  await workbench.command('1cloud: Refresh');
  await row('1 difference').waitFor();
  // The same in the file, at the value.
  await page.locator(selectors.editorLine).filter({ hasText: 'panel: 4 GB' }).waitFor();
  await workbench.screenshots('drift');

  await choose('Compare Panel with File');
  await page.locator(selectors.diffLine).first().waitFor();
  expect(await page.locator(selectors.originalLine).filter({ hasText: '4' }).last().innerText()).toMatch(/ram:\s4\sGB$/);
  await workbench.screenshots('panel-and-file');
  await workbench.command('View: Close All Editors');

  await choose('Take Values of the Panel');
  await page
    .locator(selectors.editorLine)
    .filter({ hasText: /^\s*ram:\s4/ })
    .waitFor();
  await page.keyboard.press('Control+1');
  await page.keyboard.press('Control+s');
  await expect.poll(() => readFileSync(file, 'utf8')).toContain('    ram: 4 GB\n');
  await workbench.command('1cloud: Plan');
  await page.locator(selectors.toast).filter({ hasText: 'No changes: the panel is equal to the file.' }).first().waitFor();
  await workbench.screenshot('taken');
});

test('nobody asks the panel while the servers are hidden', async () => {
  const { folder, file, sandbox } = await createShop();
  // Lenses and hints of the file ask by themselves.
  const workbench = await journey.openWindow({ folder, file, sandbox, settings: { 'ict.liveValues': false } });
  const { page } = workbench;
  const row = (text: string) => page.locator(selectors.treeRow).filter({ hasText: text }).first();
  const count = (): number => Object.values(sandbox.requests.counts()).reduce((sum, each) => sum + each, 0);
  await page.locator(selectors.activity('1cloud')).first().click();
  await row('db').waitFor();
  const whileVisible = count();
  await workbench.command('1cloud: Refresh');
  await expect.poll(count).toBeGreaterThan(whileVisible);

  await page.locator(selectors.activity('Explorer')).first().click();
  await expect.poll(() => listWatches(file), { timeout: 20_000 }).toEqual([]);
  const whileHidden = count();
  // Both have the tree look again when somebody sees it.
  await workbench.command('1cloud: Refresh');
  writeFileSync(file, infra.replace('2 GB', '3 GB'));
  await page.locator(selectors.editorLine).getByText('3').first().waitFor();
  expect(count()).toBe(whileHidden);

  await page.locator(selectors.activity('1cloud')).first().click();
  await row('1 difference').waitFor();
  expect(count()).toBeGreaterThan(whileHidden);
});

test('a window that is opened again shows the servers as they were, although the panel is gone', async () => {
  const { folder, file, sandbox } = await createShop();
  const workbench = await journey.openWindow({ folder, file, sandbox });
  const { page } = workbench;
  const row = (text: string) => page.locator(selectors.treeRow).filter({ hasText: text }).first();
  await page.locator(selectors.activity('1cloud')).first().click();
  await row('db').waitFor();
  await sandbox.close();
  await page.reload();
  await row('db').waitFor();
  await page
    .locator(selectors.paneHeader('Servers'))
    .filter({ hasText: /as of / })
    .waitFor();
  await topLens(page, /^✓ Apply: 3 changes/).waitFor();
  await workbench.screenshots('as-of');
  await row('cannot be reached').waitFor();
  await workbench.screenshot('panel-gone');
  expect(await page.locator(selectors.treeRow).filter({ hasText: 'web-' }).count()).toBe(2);
});
