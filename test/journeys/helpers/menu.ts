import type { Locator, Page } from 'playwright-core';
import { selectors } from './selectors.ts';

/** Waits for what one click should bring before the next, milliseconds. */
const ANSWER_MS = 5000;
const CLICKS = 6;

const item = (page: Page, text: string): Locator => page.locator(selectors.menuItem).filter({ hasText: text }).first();

/** Opens the menu of a row and waits for an item of it. A row that is drawn anew just then does not hear the click. */
export async function openMenu(page: Page, row: Locator, text: string): Promise<void> {
  for (let click = 1; ; click += 1) {
    await row.click({ button: 'right' });
    try {
      await item(page, text).waitFor({ timeout: ANSWER_MS });
      return;
    } catch (error) {
      if (click === CLICKS) throw error;
      // Without a menu, Escape would take the selection away.
      if (await page.locator(selectors.menuItem).first().isVisible()) await page.keyboard.press('Escape');
    }
  }
}

/** Clicks an item of the menu that is open, until the menu is gone: it does not hear a click while it opens. */
export async function chooseItem(page: Page, text: string): Promise<void> {
  for (let click = 1; click <= CLICKS && (await item(page, text).isVisible()); click += 1) {
    await item(page, text)
      .click({ timeout: ANSWER_MS })
      .catch(() => undefined);
    await item(page, text)
      .waitFor({ state: 'hidden', timeout: 1000 })
      .catch(() => undefined);
  }
  await item(page, text).waitFor({ state: 'hidden', timeout: ANSWER_MS });
}
