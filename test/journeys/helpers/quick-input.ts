import type { Locator, Page } from 'playwright-core';
import { selectors } from './selectors.ts';

/** Waits for what one try should bring before it is made again, milliseconds. */
const ANSWER_MS = 5000;
const TRIES = 6;

/** The row of VS Code's quick input that has this text. */
const offered = (page: Page, text: string): Locator => page.locator(selectors.quickPick).filter({ hasText: text }).first();

/** Writes over what stands in the quick input. */
const type = (page: Page, text: string): Promise<void> => page.locator(selectors.quickInput).first().fill(text, { timeout: ANSWER_MS });

/**
 * Runs a command by its title, as a person does by F1. The list of commands closes by itself when something else in the window
 * takes the focus, such as a page that has just been loaded; a person opens it again then, and so does this.
 */
export const runCommand = (page: Page, title: string): Promise<void> =>
  insist(page, `the command "${title}"`, async () => {
    await page.keyboard.press('F1');
    await type(page, `>${title}`);
    await offered(page, title).click({ timeout: ANSWER_MS });
    await offered(page, title).waitFor({ state: 'hidden', timeout: ANSWER_MS });
  });

/** Chooses a theme by its title; `windowClass` is what the window then has. */
export const chooseTheme = (page: Page, title: string, windowClass: string): Promise<void> =>
  insist(page, `the theme "${title}"`, async () => {
    await runCommand(page, 'Preferences: Color Theme');
    // Tells the list of themes from others. It is long: only what is typed is sure to be drawn.
    await offered(page, 'Monokai').waitFor({ timeout: ANSWER_MS });
    await type(page, title);
    await offered(page, title).click({ timeout: ANSWER_MS });
    await page.waitForSelector(selectors.quickInput, { state: 'hidden', timeout: ANSWER_MS });
    await page.waitForSelector(`${selectors.workbench}.${windowClass}`, { timeout: ANSWER_MS });
  });

/** Tries what must come out the same however often it is done. The last error says what the window showed. */
async function insist(page: Page, what: string, act: () => Promise<void>): Promise<void> {
  for (let count = 1; ; count += 1)
    try {
      await act();
      return;
    } catch (error) {
      // The next try opens its list over whatever is there. Escape would go to the page behind a list that is closed already.
      if (count === TRIES) throw new Error(`${what} could not be chosen. The window: ${await describeWindow(page)}`, { cause: error });
    }
}

/** What tells a reader of a log where a window has stopped. */
async function describeWindow(page: Page): Promise<string> {
  const focused = await page.evaluate<unknown>('document.activeElement?.outerHTML.slice(0, 300)');
  const [typed, rows, toasts, dialogs] = await Promise.all([
    page.locator(selectors.quickInput).evaluateAll((inputs) => inputs.map((input) => (input as unknown as { value: string }).value)),
    page.locator(selectors.quickPick).allInnerTexts(),
    page.locator(selectors.toast).allInnerTexts(),
    page.locator(selectors.dialog).allInnerTexts(),
  ]);
  return JSON.stringify({ focused, typed, rows, toasts, dialogs });
}
