import { mkdirSync, mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from '../../../scripts/vscode/chromium.mjs';
import { startKeeper } from '../../../scripts/vscode/keeper.mjs';
import { linkExtension } from '../../../scripts/vscode/open-window.mjs';
import { startServer, workbenchUrl } from '../../../scripts/vscode/start-server.mjs';
import { chooseTheme, runCommand } from './quick-input.ts';
import { selectors } from './selectors.ts';

/** The looks that everything must work in: VS Code's name of the theme, its title in the list, the class it gives the window. */
export const themes = {
  light: { name: 'Default Light Modern', title: 'Light Modern', class: 'vs' },
  dark: { name: 'Default Dark Modern', title: 'Dark Modern', class: 'vs-dark' },
  'high-contrast': { name: 'Default High Contrast', title: 'Dark High Contrast', class: 'hc-black' },
} as const;
export type Theme = keyof typeof themes;

/** Languages of the window. VS Code's own texts are English in both: no language pack of it can be had here. */
export const languages = ['en', 'ru'] as const;
export type WindowLanguage = (typeof languages)[number];

/** Pictures go here; the folder is kept by CI, not by git. */
const picturesFolder = resolve('test-results', 'screens');

export interface WorkbenchOptions {
  readonly folder: string;
  /** Opened in the editor. */
  readonly file?: string;
  readonly theme?: Theme;
  readonly language?: WindowLanguage;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Variables of the extension's processes, such as those that sign in. */
  readonly environment?: Readonly<Record<string, string>>;
}

/** A real VS Code window with the extension installed, driven by mouse and keyboard. */
export interface Workbench {
  readonly page: Page;
  /** Changes the theme, as a person does, and waits until the window has it. */
  setTheme(theme: Theme): Promise<void>;
  /** Keeps a picture as NAME-THEME-LANGUAGE.png. */
  screenshot(name: string): Promise<void>;
  /** One picture in each theme; `prepare` brings back what a change of theme takes away, such as a hover. */
  screenshots(name: string, prepare?: () => Promise<void>): Promise<void>;
  /** Runs a command by its title, as a person does by F1. */
  command(title: string): Promise<void>;
  /** What the server and its extension host have said. */
  log(): string;
  close(): Promise<void>;
}

let browser: Promise<Browser> | undefined;

/** Ends the browser that the windows of one test file share. */
export async function closeBrowser(): Promise<void> {
  await (await browser)?.close();
  browser = undefined;
}

/** An empty page of that browser, as large as a small laptop's screen. */
export async function newPage(): Promise<Page> {
  browser ??= launchChromium();
  return (await browser).newPage({ viewport: { width: 1400, height: 900 } });
}

/** Opens a window and waits until VS Code is there, and the file when one is given. */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const { language = 'en' } = options;
  let { theme = 'light' } = options;
  const keeper = startKeeper();
  const dataDir = mkdtempSync(join(realpathSync(tmpdir()), 'ict-window-'));
  keeper.keep({ folder: dataDir });
  linkExtension(dataDir);
  const settings = { 'security.workspace.trust.enabled': false, 'workbench.colorTheme': themes[theme].name, ...options.settings };
  const environment = { ICT_CONFIG_DIR: join(dataDir, 'config'), ...options.environment };
  const [server, page] = await Promise.all([startServer({ dataDir, keeper, language, settings, environment }), newPage()]);
  await page.goto(workbenchUrl(server, { folder: options.folder, ...(options.file === undefined ? {} : { file: options.file }) }));
  await page.waitForSelector(selectors.workbench);
  if (options.file !== undefined) await page.waitForSelector(selectors.editorLines);

  const setTheme = async (next: Theme): Promise<void> => {
    theme = next;
    await chooseTheme(page, themes[theme].title, themes[theme].class);
  };
  const screenshot = async (name: string): Promise<void> => {
    mkdirSync(picturesFolder, { recursive: true });
    await page.screenshot({ path: join(picturesFolder, `${name}-${theme}-${language}.png`) });
  };
  return {
    page,
    setTheme,
    screenshot,
    screenshots: async (name, prepare = () => Promise.resolve()) => {
      for (const next of Object.keys(themes) as Theme[]) {
        await setTheme(next);
        await prepare();
        await screenshot(name);
      }
    },
    command: (title) => runCommand(page, title),
    log: () => server.log(),
    close: async () => {
      await page.close();
      await keeper.end();
    },
  };
}
