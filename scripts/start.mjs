// Everything a newcomer needs, in one command: a local 1cloud with real hosts behind its servers, a copy of the example to
// play with, and VS Code with the extension, signed in. The desktop VS Code where there is one, else VS Code's server in the
// browser. `--shell` opens a shell with `ict` instead. However it ends, nothing of it goes on running.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureAptPackages } from './setup.mjs';
import { language, texts } from './start-texts.mjs';
import { demoPackages } from './system-packages.mjs';
import { startKeeper } from './vscode/keeper.mjs';
import { findDesktop, openDesktop, openInBrowser } from './vscode/open-window.mjs';

const isShell = process.argv.includes('--shell');
const keeper = startKeeper();
let isEnding = false;
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => (isShell && name === 'SIGINT' ? undefined : void end(0)));

ensureAptPackages(demoPackages, { isOptional: true });
console.log(texts.building);
if (spawnSync(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' }).status !== 0) await end(1);

// The real path: VS Code and its terminal name it so.
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'ict-start-')));
keeper.keep({ folder });
const shop = copyExample(await mayListenOnSshPort());
const environment = await startCloud();
console.log(texts.folder(shop));

if (isShell) {
  console.log(`${texts.shell}\n`);
  const shell = spawn(process.env.SHELL ?? '/bin/sh', { cwd: shop, stdio: 'inherit', env: { ...process.env, ...environment } });
  shell.once('close', () => void end(0));
} else {
  const window = { folder: shop, file: join(shop, 'infra.yaml'), dataDir: join(folder, 'vscode'), environment, keeper, language };
  const desktop = process.argv.includes('--browser') ? undefined : findDesktop();
  if (desktop) {
    console.log(texts.desktop(desktop));
    openDesktop(desktop, window).once('close', () => void end(0));
  } else {
    const { url, server } = await openInBrowser(window, texts.fetching);
    console.log(texts.browser(url));
    server.child.once('close', () => void end(1));
  }
}

/**
 * The example with a key pair of its own: the private half of the committed one was thrown away.
 * @param {boolean} isSshPortFree
 */
function copyExample(isSshPortFree) {
  const to = join(folder, 'shop');
  cpSync('examples/shop', to, { recursive: true });
  const key = join(to, 'keys', 'demo');
  spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'demo', '-f', join(folder, 'demo')]);
  if (existsSync(join(folder, 'demo.pub'))) {
    cpSync(join(folder, 'demo.pub'), `${key}.pub`);
    cpSync(join(folder, 'demo'), key);
  }
  if (!isSshPortFree) {
    const file = join(to, 'infra.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace(/^defaults:\n/m, '$&  vars: { ansible_port: 2222 }\n'));
  }
  return to;
}

/**
 * Whether hosts are reached at port 22. Where this user may not listen there, the sandbox takes 2222.
 * @returns {Promise<boolean>}
 */
function mayListenOnSshPort() {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', (/** @type {NodeJS.ErrnoException} */ error) => resolve(error.code !== 'EACCES'));
    probe.listen(22, '127.100.0.1', () => probe.close(() => resolve(true)));
  });
}

/** Starts the local 1cloud and puts `ict` on the path; gives the variables that sign programs in to it. */
async function startCloud() {
  const cli = join(process.cwd(), 'dist', 'cli.js');
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  writeFileSync(join(bin, 'ict'), `#!/bin/sh\nexec "${process.execPath}" "${cli}" "$@"\n`);
  chmodSync(join(bin, 'ict'), 0o755);
  const own = { ICT_SANDBOX_DIR: join(folder, 'sandbox'), PATH: `${bin}:${process.env.PATH}` };
  /** @param {string[]} words */
  const ict = (...words) => run([process.execPath, cli, 'sandbox', ...words], own);
  keeper.keep({ run: [process.execPath, cli, 'sandbox', 'stop'], env: own });
  const started = await ict('start', '--detach', '--delay', '2000', '--hosts', 'auto', '--json');
  if (started.status !== 0) {
    console.error(`${texts.failed}\n${started.output}`);
    await end(1);
  }
  const { endpoint, token } = JSON.parse(started.output);
  /** @type {{ hosts: keyof typeof texts.hosts }} */
  const { hosts } = JSON.parse((await ict('status', '--json')).output);
  console.log(texts.cloud(endpoint, texts.hosts[hosts] ?? texts.hosts.none));
  return { ...own, ONECLOUD_ENDPOINT: endpoint, ONECLOUD_TOKEN: token, ...(hosts === 'isolated' ? {} : { ICT_AGENT: 'off' }) };
}

/**
 * Runs a program without stopping this one, so that Ctrl-C is heard.
 * @param {readonly string[]} words
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<{ status: number | null, output: string }>}
 */
function run([command = '', ...args], env) {
  const child = spawn(command, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, output })));
}

/**
 * Ends everything that was started, then this process.
 * @param {number} code
 * @returns {Promise<never>}
 */
async function end(code) {
  if (isEnding) return new Promise(() => undefined);
  isEnding = true;
  console.log(`\n${texts.ending}`);
  await keeper.end();
  return process.exit(code);
}
