import { execFile } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { test } from 'vitest';
import { prepareJourneys, signedInTo } from './helpers/journey.ts';
import { languages } from './helpers/open-workbench.ts';
import { selectors } from './helpers/selectors.ts';

const journey = prepareJourneys();

/** Where the edge of the side bar is taken, and where it is dropped: wide enough for what stands behind a server's name. */
const [SASH_X, WIDER_X, SASH_Y] = [350, 470, 500];

const words = { en: '1cloud: Plan', ru: '1cloud: План' } as const;

// The pictures of the two READMEs: media/editor.png and editor.ru.png are these, put through `pngquant --quality 60-95`.
test.each(languages)('the example with its servers, its lenses and a plan, in %s', async (language) => {
  const folder = journey.createFolder();
  const file = join(folder, 'infra.yaml');
  cpSync('examples/shop', folder, { recursive: true });
  const sandbox = await journey.openSandbox();
  const env = { ...process.env, ...signedInTo(sandbox) };
  await promisify(execFile)(process.execPath, ['dist/cli.js', 'apply', file, '--yes'], { env });
  writeFileSync(file, readFileSync(file, 'utf8').replace('ram: 8 GB', 'ram: 16 GB'));
  const workbench = await journey.openWindow({ folder, file, sandbox, language, settings: { 'editor.minimap.enabled': false } });
  const { page } = workbench;
  await page.locator(selectors.codeLens).filter({ hasText: '✓' }).first().waitFor();
  await page.locator(selectors.activity('1cloud')).first().click();
  await page.locator(selectors.treeRow).filter({ hasText: 'web-2' }).first().waitFor();
  await workbench.command(words[language]);
  await page.locator(selectors.treeRow).filter({ hasText: 'server.db' }).first().waitFor();
  await page.mouse.move(SASH_X, SASH_Y);
  await page.mouse.down();
  await page.mouse.move(WIDER_X, SASH_Y, { steps: 5 });
  await page.mouse.up();
  await page.mouse.move(WIDER_X * 2, SASH_Y);
  await page.locator(selectors.toastClose).first().click();
  await workbench.screenshot('picture');
});
