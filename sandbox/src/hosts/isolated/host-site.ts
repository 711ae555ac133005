import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCgroup, removeCgroup } from '../machine/cgroup.ts';
import { removeTree } from '../machine/run-tool.ts';

/** Where the hosts of one sandbox stand on this machine. Both folders carry the sandbox's process in their names. */
export interface HostSite {
  /** Parent of the hosts' cgroups. */
  readonly cgroup: string;
  /** Sockets, and the disks of hosts nobody keeps; short, since a socket's path has 107 bytes at most. */
  readonly runDir: string;
  readonly isRootless: boolean;
}

/** Opens a site; undefined when no cgroup can be made below `cgroupRoot`. */
export const openSite = async (cgroupRoot: string): Promise<HostSite | undefined> => {
  const name = `${PREFIX}${process.pid}-${startTicksOf(process.pid) ?? 0}-${randomBytes(3).toString('hex')}`;
  const site = { cgroup: join(cgroupRoot, name), runDir: join(tmpdir(), name), isRootless: process.getuid?.() !== 0 };
  if (!(await createCgroup(site.cgroup))) return undefined;
  await mkdir(site.runDir, { mode: 0o700 });
  return site;
};

/** Ends every process of the site's hosts and removes its folders. */
export const closeSite = async (site: HostSite): Promise<void> => {
  await removeCgroup(site.cgroup);
  await removeTree(site.runDir, site.isRootless);
};

/** Closes the sites of sandboxes that were killed: those whose process is no more. Sites of other users are left alone. */
export const sweepSites = async (cgroupRoot: string): Promise<void> => {
  const isRootless = process.getuid?.() !== 0;
  for (const path of await listLeftOvers(cgroupRoot)) await removeCgroup(path);
  for (const path of await listLeftOvers(tmpdir())) await removeTree(path, isRootless);
};

const PREFIX = 'ict-hosts-';

async function listLeftOvers(folder: string): Promise<string[]> {
  const left: string[] = [];
  for (const name of await readdir(folder).catch(() => [])) {
    const [, pid, ticks] = /^ict-hosts-(\d+)-(\d+)-[0-9a-f]+$/.exec(name) ?? [];
    if (pid === undefined || startTicksOf(Number(pid)) === ticks) continue;
    const { uid } = await stat(join(folder, name)).catch(() => ({ uid: -1 }));
    if (uid === process.getuid?.()) left.push(join(folder, name));
  }
  return left;
}

/** When a process was started, in ticks since boot: with the pid it names a process for good. Undefined: there is none. */
function startTicksOf(pid: number): string | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is a name in brackets that may hold anything.
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
