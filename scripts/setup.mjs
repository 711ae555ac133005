// Installs what a command needs, when it is not there yet. Uses Node's own modules only, because it runs before
// node_modules exists. npm packages come from the lock file; system packages by apt when this is root or sudo is there.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** Installs npm packages when node_modules does not match the lock file. */
export function ensureNpmPackages() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19)) fail(`Node 20.19 or newer is needed; this is ${process.versions.node}.`);
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (existsSync(installed) && isSameLock(join(root, 'package-lock.json'), installed)) return;
  console.log('Installing npm packages …');
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) fail('npm ci failed. Its message stands above.');
}

/**
 * npm writes what it installed in the form of the lock file; optional packages of other platforms are left out.
 * @param {string} wantedPath
 * @param {string} installedPath
 */
function isSameLock(wantedPath, installedPath) {
  const wanted = JSON.parse(readFileSync(wantedPath, 'utf8')).packages;
  const have = JSON.parse(readFileSync(installedPath, 'utf8')).packages;
  /** @type {[string, { version: string, optional?: boolean }][]} */
  const entries = Object.entries(wanted);
  return entries.every(([path, { version, optional }]) => path === '' || optional || have[path]?.version === version);
}

/**
 * Installs Debian packages that are missing. Where it may not, it says what to install: and ends, unless the caller can do
 * without them.
 * @param {readonly string[]} packages
 * @param {{ isOptional?: boolean }} [options]
 */
export function ensureAptPackages(packages, { isOptional = false } = {}) {
  const missing = packages.filter(
    (name) => spawnSync('dpkg-query', ['-W', '-f=${db:Status-Status}', name], { encoding: 'utf8' }).stdout !== 'installed',
  );
  if (missing.length === 0) return;
  const isRoot = process.getuid?.() === 0;
  const hasSudo = !isRoot && spawnSync('sudo', ['-n', 'true']).status === 0;
  const giveUp = () => (isOptional ? console.error(`Please install: ${missing.join(' ')}`) : fail(`Please install: ${missing.join(' ')}`));
  if (!existsSync('/usr/bin/apt-get') || (!isRoot && !hasSudo)) return giveUp();
  console.log(`Installing system packages: ${missing.join(' ')} …`);
  /** @param {string[]} words */
  const run = (...words) =>
    spawnSync(isRoot ? (words[0] ?? '') : 'sudo', isRoot ? words.slice(1) : words, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    }).status;
  run('apt-get', 'update', '-qq');
  if (run('apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...missing) !== 0) giveUp();
}

/**
 * @param {string} message
 * @returns {never}
 */
function fail(message) {
  console.error(message);
  process.exit(1);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) ensureNpmPackages();
