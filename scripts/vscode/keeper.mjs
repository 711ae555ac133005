// Ends what a script has started, however the script ends: it runs in a process of its own and waits for its standard
// input to close, which the system does even when the script is killed. What is to be ended comes as lines of JSON.
import { spawn, spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {{ group?: number | undefined, run?: readonly string[], env?: NodeJS.ProcessEnv, folder?: string }} Kept what is to be ended
 * @typedef {{ keep(thing: Kept): void, end(): Promise<unknown> }} Keeper
 */

/** A process group gets this long to end by itself. */
const GRACE_MS = 3000;

/**
 * Starts a keeper. `keep` takes `{ group: pid }`, `{ run: [command, …args], env }` or `{ folder: path }`; they are ended in
 * the opposite order. `end` ends them now and waits until that is done.
 * @returns {Keeper}
 */
export function startKeeper() {
  const child = spawn(process.execPath, [fileURLToPath(import.meta.url), 'keep'], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  const closed = new Promise((resolve) => child.once('close', resolve));
  child.stdin.on('error', () => undefined);
  child.unref();
  return {
    keep: (thing) => void child.stdin.write(`${JSON.stringify(thing)}\n`),
    end: () => {
      child.ref();
      child.stdin.end();
      return closed;
    },
  };
}

async function runKeeper() {
  /** @type {Kept[]} */
  const things = [];
  for await (const line of createInterface({ input: process.stdin })) things.unshift(JSON.parse(line));
  for (const { group, run, env, folder } of things) {
    if (group) await endGroup(group);
    if (run) spawnSync(run[0] ?? '', run.slice(1), { env: { ...process.env, ...env }, stdio: 'ignore' });
    if (folder) rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

/**
 * A killed leader leaves its children behind, so the whole group is asked, then told.
 * @param {number} group
 */
async function endGroup(group) {
  /** @param {NodeJS.Signals | 0} name */
  const signal = (name) => {
    try {
      return process.kill(-group, name);
    } catch {
      return false;
    }
  };
  signal('SIGTERM');
  for (const until = performance.now() + GRACE_MS; signal(0) && performance.now() < until;)
    await new Promise((resolve) => setTimeout(resolve, 20));
  signal('SIGKILL');
}

if (process.argv[1] === fileURLToPath(import.meta.url) && process.argv[2] === 'keep') {
  // The terminal's signals are not for it.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => undefined);
  await runKeeper();
}
