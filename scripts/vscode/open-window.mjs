// A VS Code window with the extension for a person: the desktop's, or one in the browser.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ensureVsCode } from './fetch-vscode.mjs';
import { startServer, workbenchUrl } from './start-server.mjs';

/**
 * @typedef {object} Window
 * @property {string} folder
 * @property {string} file the one that is opened
 * @property {string} dataDir where VS Code's server keeps what it writes
 * @property {NodeJS.ProcessEnv} environment
 * @property {import('./keeper.mjs').Keeper} keeper
 * @property {string} language
 */

const isWindows = process.platform === 'win32';
/** @type {Partial<Record<NodeJS.Platform, string>>} */
const openers = { darwin: 'open', win32: 'explorer' };

/** The command of an installed desktop VS Code: `VSCODE_BIN`, or the first known one that answers. */
export function findDesktop() {
  return [process.env.VSCODE_BIN, 'code', 'code-insiders', 'codium'].find(
    (name) => name && spawnSync(name, ['--version'], { shell: isWindows, stdio: 'ignore' }).status === 0,
  );
}

/**
 * Opens a folder in the desktop VS Code, the extension under development in it. The process ends with the window.
 * @param {string} command
 * @param {Window} window
 */
export function openDesktop(command, { folder, file, environment }) {
  const args = ['--new-window', '--wait', `--extensionDevelopmentPath=${process.cwd()}`, folder, '--goto', file];
  // Not in this process's group: Ctrl-C ends the rest, the window is the person's.
  return spawn(command, args, { env: { ...process.env, ...environment }, stdio: 'ignore', shell: isWindows, detached: true });
}

/**
 * Starts VS Code's server for a folder and opens the default browser where there is a display. Gives the address.
 * @param {Window} window
 * @param {(folder: string) => string} fetching
 */
export async function openInBrowser({ folder, file, dataDir, environment, keeper, language }, fetching) {
  ensureVsCode({ say: console.log, messages: { fetching } });
  linkExtension(dataDir);
  const settings = { 'security.workspace.trust.enabled': false };
  const server = await startServer({ dataDir, keeper, language, settings, environment });
  const url = workbenchUrl(server, { folder, file });
  const hasDisplay = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY;
  if (hasDisplay) spawn(openers[process.platform] ?? 'xdg-open', [url], { stdio: 'ignore' }).on('error', () => undefined);
  return { url, server };
}

/**
 * Makes the working tree an installed extension: VS Code takes over what lies in a folder that has no list yet.
 * @param {string} dataDir
 */
export function linkExtension(dataDir) {
  const { publisher, name, version } = JSON.parse(readFileSync('package.json', 'utf8'));
  const extensions = join(dataDir, 'extensions');
  mkdirSync(extensions, { recursive: true });
  symlinkSync(process.cwd(), join(extensions, `${publisher}.${name}-${version}`), 'junction');
}
