import type { Locator, Page } from 'playwright-core';
import { selectors } from './selectors.ts';

/** Waits for an answer of the window to one click before it clicks again, milliseconds. */
const ANSWER_MS = 5000;
const CLICKS = 5;

/** The lens of a title in the topmost row of lenses. */
export const topLens = (page: Page, title: string | RegExp): Locator =>
  page.locator(selectors.codeLens).first().getByText(title, { exact: true });

/**
 * Clicks a lens of the topmost row until `answer`, the first thing that tells of the operation, is to be seen. VS Code itself
 * draws rows of lenses anew when they are resolved, and throws a click away that meets a row in between.
 */
export async function pressLens(page: Page, title: string, answer: Locator): Promise<void> {
  for (let click = 1; ; click += 1) {
    await topLens(page, title).click();
    try {
      await answer.first().waitFor({ timeout: ANSWER_MS });
      return;
    } catch (error) {
      if (click === CLICKS) throw error;
    }
  }
}
