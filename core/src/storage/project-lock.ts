import { randomUUID } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import * as z from 'zod';
import { type HeldLock, LockedError, StorageError } from '../ports/project-store.ts';
import { hasCode } from './json-file.ts';

const lockFile = z.object({
  id: z.string(),
  pid: z.number(),
  /** Start time of the process in the kernel's ticks, where it can be told: a recycled pid is not the holder. */
  processStart: z.string().optional(),
  host: z.string(),
  startedAt: z.string(),
  command: z.string(),
});
type LockFile = z.output<typeof lockFile>;

/**
 * Takes the lock of a project, or throws `LockedError` naming its holder. A holder of this host that is dead is
 * replaced. Creating by `link` is atomic. To replace a dead holder one first takes a second lock named after it, so
 * only one process ever replaces a given holder; if that one dies too, the same rule frees its lock.
 */
export async function takeLock(path: string, command: string, now: string): Promise<HeldLock> {
  await mkdir(dirname(path), { recursive: true });
  const own: LockFile = {
    id: randomUUID(),
    pid: process.pid,
    ...withStart(await readProcessStart(process.pid)),
    host: hostname(),
    startedAt: now,
    command,
  };
  const draft = `${path}.${own.id}`;
  await writeFile(draft, JSON.stringify(own), { mode: 0o600 }).catch((error: unknown) => {
    throw new StorageError('unwritable', path, `cannot write ${path}`, error);
  });
  try {
    await acquire(path, draft, own, 0);
  } finally {
    await rm(draft, { force: true });
  }
  return { release: () => release(path, own) };
}

async function acquire(path: string, draft: string, own: LockFile, depth: number): Promise<void> {
  try {
    await link(draft, path);
    return;
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw new StorageError('unwritable', path, `cannot write ${path}`, error);
  }
  const holder = await readHolder(path);
  if (!holder) return acquire(path, draft, own, depth);
  if (depth > 20 || (await isAlive(holder))) throw new LockedError(holder);
  const guard = `${path}.${holder.id}.next`;
  await acquire(guard, draft, own, depth + 1);
  try {
    const current = await readHolder(path);
    if (current && current.id !== holder.id) throw new LockedError(current);
    const copy = `${path}.${own.id}.${depth}`;
    await link(draft, copy);
    await rename(copy, path);
  } finally {
    await rm(guard, { force: true });
  }
}

async function release(path: string, own: LockFile): Promise<void> {
  if ((await readHolder(path))?.id === own.id) await rm(path, { force: true });
}

/** Undefined when the lock was released meanwhile. A lock that cannot be read counts as held: better wait than break. */
async function readHolder(path: string): Promise<LockFile | undefined> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return undefined;
    throw new StorageError('unreadable', path, `cannot read ${path}`, error);
  }
  try {
    return lockFile.parse(JSON.parse(text));
  } catch (error) {
    throw new StorageError('damaged', path, `${path} is not a lock file of ict; remove it when no ict is running`, error);
  }
}

async function isAlive(holder: LockFile): Promise<boolean> {
  if (holder.host !== hostname()) return true;
  try {
    process.kill(holder.pid, 0);
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
  const start = await readProcessStart(holder.pid);
  return start === undefined || holder.processStart === undefined || start === holder.processStart;
}

/** Field 22 of `/proc/PID/stat`; the command before it may hold spaces and brackets. Undefined outside Linux. */
async function readProcessStart(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

const withStart = (processStart: string | undefined): { processStart?: string } => (processStart === undefined ? {} : { processStart });
