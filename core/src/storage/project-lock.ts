import { randomUUID } from 'node:crypto';
import { link, open, readFile, readlink, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import * as z from 'zod';
import { readOrdinaryFile } from '../files/read-ordinary-file.ts';
import { type HeldLock, LockedError, type LockHolder, type LockState, StorageError } from '../ports/project-store.ts';
import { hasCode } from './json-file.ts';
import { makePrivateFolder } from './private-folder.ts';

const lockFile = z.object({
  // It becomes part of a path, and the file may come from anybody.
  id: z.uuid(),
  pid: z.int().check(z.positive()),
  /** Start time of the process in the kernel's ticks, where it can be told: a recycled pid is not the holder. */
  processStart: z.string().optional(),
  host: z.string(),
  /** Space of process ids, on Linux: containers of one host name have one each, and cannot see each other's processes. */
  pidSpace: z.string().optional(),
  startedAt: z.string(),
  command: z.string(),
});
type LockFile = z.output<typeof lockFile>;

/** What lies at the path of a lock. `damaged`: nothing that ict writes, such as the empty file that a power failure leaves. */
type Found = { readonly kind: 'none' } | { readonly kind: 'held'; readonly file: LockFile } | { readonly kind: 'damaged' };

/** Largest lock file that is read, bytes. */
const MAX_BYTES = 64 * 1024;
/** A damaged lock that is older belongs to nobody: locks appear whole, so nobody is writing it. Milliseconds. */
const GRACE_MS = 10_000;
/** Stands for the id that a damaged lock does not have. */
const DAMAGED = 'damaged';

/**
 * Takes the lock of a project, or throws `LockedError` naming its holder. A holder of this host that is dead is replaced, and so is a
 * damaged lock. Creating by `link` is atomic. To replace a dead holder one first takes a second lock named after it, so only one process
 * ever replaces a given holder; if that one dies too, the same rule frees its lock.
 */
export function takeLock(path: string, command: string, now: string): Promise<HeldLock> {
  return withDraft(path, command, now, async (draft, own) => {
    await acquire(path, draft, own, 0);
    return { release: (movedTo) => release(movedTo ?? path, own) };
  });
}

/** Who holds a lock, and whether that process is alive. */
export async function readLock(path: string): Promise<LockState> {
  const found = await find(path);
  if (found.kind !== 'held') return found.kind === 'none' ? { kind: 'free' } : { kind: 'damaged' };
  const { file } = found;
  const isHere = await isVisible(file);
  return { kind: 'held', id: file.id, holder: await toHolder(file), life: isHere ? ((await isAlive(file)) ? 'alive' : 'dead') : 'unknown' };
}

/** Removes a lock as {@link readLock} found it. False when it is another one by now, or gone. */
export function breakLock(path: string, seen: LockState, command: string, now: string): Promise<boolean> {
  if (seen.kind === 'free') return Promise.resolve(false);
  const id = seen.kind === 'held' ? seen.id : DAMAGED;
  return withDraft(path, command, now, async (draft, own) => {
    const guard = `${path}.${id}.next`;
    await acquire(guard, draft, own, 1);
    const aside = `${path}.${own.id}.broken`;
    try {
      await rename(path, aside);
      if (idOf(await find(aside)) === id) return true;
      // Its holder released it, and another one took it since: it is given back.
      await link(aside, path);
      return false;
    } catch (error) {
      if (hasCode(error, 'ENOENT')) return false;
      throw new StorageError('unwritable', path, `cannot remove ${path}`, error);
    } finally {
      await rm(aside, { force: true });
      await rm(guard, { force: true });
    }
  });
}

/** Writes what the lock is to hold beside it, whole and on the disk, and takes it away afterwards, also when the disk is full. */
async function withDraft<Result>(
  path: string,
  command: string,
  now: string,
  work: (draft: string, own: LockFile) => Promise<Result>,
): Promise<Result> {
  const own: LockFile = {
    id: randomUUID(),
    pid: process.pid,
    ...withStart(await readProcessStart(process.pid)),
    host: hostname(),
    ...withPidSpace(await readPidSpace()),
    startedAt: now,
    command,
  };
  const draft = `${path}.${own.id}`;
  try {
    await writeDraft(draft, own).catch((error: unknown) => {
      throw new StorageError('unwritable', path, `cannot write ${path}`, error);
    });
    return await work(draft, own);
  } finally {
    await rm(draft, { force: true });
  }
}

async function writeDraft(path: string, own: LockFile): Promise<void> {
  await makePrivateFolder(dirname(path));
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(JSON.stringify(own));
    // A power failure after the link would leave an empty lock.
    await file.sync();
  } finally {
    await file.close();
  }
}

async function acquire(path: string, draft: string, own: LockFile, depth: number): Promise<void> {
  for (;;) {
    try {
      await link(draft, path);
      return;
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw new StorageError('unwritable', path, `cannot write ${path}`, error);
    }
    const found = await find(path);
    if (found.kind === 'none') continue;
    await checkDead(path, found, own, depth);
    if (await replace(path, idOf(found), draft, own, depth)) return;
  }
}

async function checkDead(path: string, found: Exclude<Found, { kind: 'none' }>, own: LockFile, depth: number): Promise<void> {
  if (found.kind === 'held') {
    if (depth > 20 || (await isAlive(found.file))) throw new LockedError(await toHolder(found.file));
    return;
  }
  const info = await stat(path).catch(() => undefined);
  const ageMs = info === undefined ? GRACE_MS : Date.parse(own.startedAt) - info.mtimeMs;
  // One from the future is old: the clock was set back since.
  if (depth > 20 || (ageMs >= 0 && ageMs < GRACE_MS)) throw new StorageError('damaged-lock', path, `${path} is not a lock file of ict`);
}

/** Puts our lock in place of a dead one. False when that was gone before we came to it. */
async function replace(path: string, id: string, draft: string, own: LockFile, depth: number): Promise<boolean> {
  const guard = `${path}.${id}.next`;
  await acquire(guard, draft, own, depth + 1);
  try {
    const current = await find(path);
    if (current.kind === 'none') return false;
    if (idOf(current) !== id) {
      if (current.kind === 'held') throw new LockedError(await toHolder(current.file));
      return false;
    }
    const copy = `${path}.${own.id}.${depth}`;
    await link(draft, copy);
    await rename(copy, path);
    return true;
  } finally {
    await rm(guard, { force: true });
  }
}

async function release(path: string, own: LockFile): Promise<void> {
  if (idOf(await find(path)) === own.id) await rm(path, { force: true });
}

const idOf = (found: Found): string => (found.kind === 'held' ? found.file.id : found.kind === 'damaged' ? DAMAGED : '');

async function find(path: string): Promise<Found> {
  const bytes = await readOrdinaryFile(path, { maxBytes: MAX_BYTES }).catch((error: unknown) => {
    throw new StorageError('unreadable', path, `cannot read ${path}`, error);
  });
  if (!bytes) return { kind: 'none' };
  try {
    return { kind: 'held', file: lockFile.parse(JSON.parse(new TextDecoder().decode(bytes))) };
  } catch {
    return { kind: 'damaged' };
  }
}

async function toHolder(file: LockFile): Promise<LockHolder> {
  const { pid, host, startedAt, command } = file;
  return { pid, host, startedAt, command, isHere: await isVisible(file) };
}

/** Whether we would see the holder's process if it lived: no other host, no other container. */
const isVisible = async ({ host, pidSpace }: LockFile): Promise<boolean> =>
  host === hostname() && (pidSpace === undefined || pidSpace === (await readPidSpace()));

async function isAlive(holder: LockFile): Promise<boolean> {
  if (!(await isVisible(holder))) return true;
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
    const text = await readFile(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}

/** `pid:[4026531836]`; undefined outside Linux. */
const readPidSpace = (): Promise<string | undefined> => readlink('/proc/self/ns/pid').catch(() => undefined);

const withPidSpace = (pidSpace: string | undefined): { pidSpace?: string } => (pidSpace === undefined ? {} : { pidSpace });

const withStart = (processStart: string | undefined): { processStart?: string } => (processStart === undefined ? {} : { processStart });
