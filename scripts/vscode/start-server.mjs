// Starts VS Code's server on loopback and tells the address of a workbench window of it.
import { spawn, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { ensureVsCode } from './fetch-vscode.mjs';
import { useLanguage } from './use-language.mjs';

/**
 * @typedef {object} ServerOptions
 * @property {string} dataDir
 * @property {import('./keeper.mjs').Keeper} keeper
 * @property {boolean} [isDevelopment]
 * @property {string} [language]
 * @property {Record<string, unknown>} [settings]
 * @property {NodeJS.ProcessEnv} [environment]
 */

/** Settings with which nothing of VS Code's own stands in the way of what is looked at. */
const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'workbench.tips.enabled': false,
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
};

const fixedFlags = '--host 127.0.0.1 --port 0 --accept-server-license-terms --telemetry-level off'.split(' ');

/** The server says this line when it listens. */
const listening = /Extension host agent listening on (\d+)/;

/**
 * Starts the server and waits until it listens. `dataDir` holds everything it writes: settings, state, logs, installed
 * extensions. `isDevelopment` lets a page ask for an extension under development and its tests, and hides notifications.
 * `language` is that of the window, `keeper` ends the server with this process. Throws when the server does not start.
 * @param {ServerOptions} options
 */
export async function startServer({ dataDir, keeper, isDevelopment = false, language = 'en', settings = {}, environment = {} }) {
  const { dir, node } = ensureVsCode();
  // Else any program of this machine could use the server.
  const token = randomUUID();
  const user = join(dataDir, 'data', 'User');
  mkdirSync(user, { recursive: true });
  if (!existsSync(join(user, 'settings.json')))
    writeFileSync(join(user, 'settings.json'), JSON.stringify({ ...quietSettings, ...settings }, null, 2));
  const child = spawn(
    node,
    [
      join(dir, 'out', 'server-main.js'),
      ...fixedFlags,
      '--connection-token',
      token,
      '--server-data-dir',
      dataDir,
      ...useLanguage(dataDir, language),
      // Without it a built VS Code ignores what a page says about an extension under development.
      ...(isDevelopment ? ['--enable-smoke-test-driver'] : []),
    ],
    {
      // No gallery: no look-ups outside. Sockets, which a killed server leaves behind, go with the folder.
      env: { ...process.env, EXTENSIONS_GALLERY: '{}', TMPDIR: dataDir, XDG_RUNTIME_DIR: dataDir, ...environment },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  keeper.keep({ group: child.pid });
  let log = '';
  /** @type {number} */
  const port = await new Promise((found, fail) => {
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => {
        log += text;
        const match = listening.exec(log);
        if (match) found(Number(match[1]));
      });
    child.once('error', fail);
    child.once('close', (code) => fail(new Error(`VS Code's server ended with code ${code}\n${log}`)));
  });
  return { origin: `http://127.0.0.1:${port}`, host: `127.0.0.1:${port}`, token, child, log: () => log };
}

/**
 * Installs a packaged extension into a data folder. Throws when VS Code refuses it.
 * @param {string} dataDir
 * @param {string} vsix
 */
export function installExtension(dataDir, vsix) {
  const { dir, node } = ensureVsCode();
  const args = ['--server-data-dir', dataDir, '--accept-server-license-terms', '--install-extension', resolve(vsix)];
  const { stdout, stderr } = spawnSync(node, [join(dir, 'out', 'server-main.js'), ...args], { encoding: 'utf8' });
  if (!stdout.includes('was successfully installed')) throw new Error(`${vsix} was not installed:\n${stdout}${stderr}`);
}

/**
 * The address of a window with a folder, and what VS Code is told through it.
 * @param {{ origin: string, host: string, token: string }} server
 * @param {{ folder: string, developmentPath?: string, testsPath?: string, file?: string }} window
 */
export function workbenchUrl(server, { folder, developmentPath, testsPath, file }) {
  /** @param {string} path */
  const remote = (path) => `vscode-remote://${server.host}${resolve(path).split(sep).join('/')}`;
  const payload = [
    ['skipWelcome', 'true'],
    ...(developmentPath ? [['extensionDevelopmentPath', remote(developmentPath)]] : []),
    ...(testsPath ? [['extensionTestsPath', remote(testsPath)]] : []),
    ...(file ? [['openFile', remote(file)]] : []),
  ];
  const query = new URLSearchParams({ tkn: server.token, folder: resolve(folder), payload: JSON.stringify(payload) });
  return `${server.origin}/?${query}`;
}
