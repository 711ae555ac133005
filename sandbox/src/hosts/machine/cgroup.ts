import { constants } from 'node:fs';
import { access, mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where cgroup v2 folders may be made, best first: below the own one, then below the root of the hierarchy. */
export const listCgroupRoots = async (given: string | undefined): Promise<readonly string[]> => {
  if (given !== undefined) return [given];
  const mountPoint = (await readText('/proc/self/mountinfo'))
    .split('\n')
    .map((line) => line.split(' '))
    .find((words) => words[words.indexOf('-') + 1] === 'cgroup2')?.[4];
  if (mountPoint === undefined) return [];
  const own = /^0::(.*)$/m.exec(await readText('/proc/self/cgroup'))?.[1] ?? '/';
  return [...new Set([join(mountPoint, own), mountPoint])].map((path) => path.replace(/\/$/, ''));
};

/** Makes a cgroup; false where that is not allowed, or the kernel (before 5.14) cannot end all of it at once. */
export const createCgroup = async (path: string): Promise<boolean> => {
  try {
    await mkdir(path);
    await access(join(path, 'cgroup.kill'), constants.W_OK);
    return true;
  } catch {
    await rmdir(path).catch(() => undefined);
    return false;
  }
};

/** Ends every process in a cgroup and below, waits until they are gone, and removes it. Nothing happens when it is not there. */
export const removeCgroup = async (path: string): Promise<void> => {
  const lastMs = performance.now() + GIVE_UP_MS;
  while (performance.now() < lastMs) {
    try {
      await writeFile(join(path, 'cgroup.kill'), '1');
    } catch {
      return;
    }
    const isPopulated = /^populated 1$/m.test(await readText(join(path, 'cgroup.events')));
    if (!isPopulated && (await removeEmpty(path))) return;
    await sleep(POLL_MS);
  }
};

/** The kernel offers no event for "gone" that could be awaited without a native module. */
const POLL_MS = 5;
/** A process in the midst of disk work outlives its SIGKILL for a while. */
const GIVE_UP_MS = 10_000;

async function removeEmpty(path: string): Promise<boolean> {
  try {
    for (const entry of await readdir(path, { withFileTypes: true })) if (entry.isDirectory()) await removeEmpty(join(path, entry.name));
    await rmdir(path);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ENOENT';
  }
}

const readText = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');
