import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { prepareJourneys } from './helpers/journey.ts';
import { selectors } from './helpers/selectors.ts';

const journey = prepareJourneys();

test('from an empty folder to a plan, by the first steps', async () => {
  const folder = journey.createFolder();
  const workbench = await journey.openWindow({ folder });
  const { page } = workbench;
  const toast = (text: string) => page.locator(selectors.toast).filter({ hasText: text }).first();
  const step = (title: string) => page.locator(selectors.walkthroughStep).filter({ hasText: title }).first();
  const button = (title: string) => page.locator(selectors.walkthroughButton).filter({ hasText: title }).first();

  await page.locator(selectors.activity('1cloud')).first().click();
  await page.locator(selectors.welcome).getByText('There is no infra file yet.').waitFor();
  await workbench.screenshot('welcome');
  await page.locator(selectors.welcome).getByText('First Steps').click();
  await step('Start a local 1cloud').waitFor();
  await workbench.screenshots('first-steps', () => step('Start a local 1cloud').waitFor());
  try {
    await button('Start a Local 1cloud').click();
    await toast('You are signed in to it.').waitFor({ timeout: 60_000 });
    await step('Write an infra file').click();
    await button('New Infra File').click();
    await page.locator(selectors.codeLens).first().waitFor();
    expect(existsSync(join(folder, 'infra.yaml'))).toBe(true);
    await page.locator(selectors.treeRow).filter({ hasText: 'not created' }).first().waitFor();
    await workbench.screenshot('first-file');
    await workbench.command('1cloud: Plan');
    await toast('to create').waitFor();
    await page.locator(selectors.treeRow).filter({ hasText: 'server.web' }).first().waitFor();
    await workbench.screenshot('first-plan');
  } finally {
    await workbench.command('1cloud: Stop the Local 1cloud');
    await toast('The local 1cloud is stopped.').waitFor({ timeout: 30_000 });
  }
});
