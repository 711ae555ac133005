import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { prepareJourneys } from './helpers/journey.ts';
import { pressLens, topLens } from './helpers/press-lens.ts';
import { selectors } from './helpers/selectors.ts';

const journey = prepareJourneys();

const infra = `version: 1
project: shop
defaults: { dc: Xelent, image: Ubuntu 20.4 x64, cpu: 1, ram: 1 GB, disk: 10 GB }
servers:
  web: {}
`;

test('an apply goes on while the window is loaded anew: it is shown again, and its end is announced', async () => {
  const folder = journey.createFolder();
  const file = join(folder, 'infra.yaml');
  writeFileSync(file, infra);
  // Nothing the panel does ends before the test says so.
  const sandbox = await journey.openSandbox({ faults: ['stuck-task'] });
  const workbench = await journey.openWindow({ folder, file, sandbox });
  const { page } = workbench;
  const toast = (text: string | RegExp) => page.locator(selectors.toast).filter({ hasText: text });
  const running = page.locator(selectors.statusBar).getByText(/Apply · 0 of 1 step done/);

  const dialog = page.locator(selectors.dialog);
  await pressLens(page, 'Apply', toast('Comparing').or(dialog));
  await page.locator(selectors.dialogButton).filter({ hasText: 'Apply' }).first().click();
  await expect.poll(() => sandbox.state.servers.length).toBe(1);

  await page.reload();
  await page.waitForSelector(selectors.editorLines);
  await running.waitFor();
  await toast(/Apply: 0 of 1 step done/)
    .first()
    .waitFor();
  await page.locator(selectors.activity('1cloud')).first().click();
  await page.locator(selectors.paneHeader('Operations')).click();
  await page.locator(selectors.treeRow).filter({ hasText: 'server.web' }).first().waitFor();
  await workbench.screenshot('reloaded');

  sandbox.faults.clear();
  await toast('Apply: done.').first().waitFor();
  await page.locator(selectors.treeRow).filter({ hasText: 'Applydone' }).first().waitFor();
  // The file tells of it as well.
  await topLens(page, /^✓ Apply: 1 change/).waitFor();
  await workbench.screenshot('announced');
  expect(sandbox.state.servers.map(({ name, state }) => `${name} ${state}`)).toEqual(['web Active']);
  // It ran once: the reload started nothing.
  expect(sandbox.requests.counts()['POST /server']).toBe(1);
});
