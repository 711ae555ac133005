import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { LockedError } from '../ports/project-store.ts';
import { breakLock, readLock, takeLock } from './project-lock.ts';

let folder = '';
let path = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ict-lock-'));
  path = join(folder, 'lock');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const now = '2026-01-02T03:04:05.000Z';
const take = () => takeLock(path, 'ict apply', now);

const ID = '6f1c1f0e-6f0a-4a3e-9d5b-0c7f6f0f7a11';

/** Pid of a process that has just ended. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

const holder = (fields: object) =>
  writeFile(path, JSON.stringify({ id: ID, pid: process.pid, host: hostname(), startedAt: now, command: 'ict deploy', ...fields }));

test('a second taker is told who holds it, and gets it after the release', async () => {
  const held = await take();
  await expect(take()).rejects.toMatchObject({ name: 'LockedError', holder: { pid: process.pid, command: 'ict apply', startedAt: now } });
  await held.release();
  await (await take()).release();
  expect(await readdir(folder)).toEqual([]);
});

test('the lock of a dead process of this host is taken over', async () => {
  await holder({ pid: await deadPid() });
  const held = await take();
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ pid: process.pid });
  await held.release();
  expect(await readdir(folder)).toEqual([]);
});

test('a recycled pid is not the holder', async () => {
  await holder({ processStart: '1' });
  await (await take()).release();
});

test('the lock of another host is never taken over', async () => {
  await holder({ pid: await deadPid(), host: 'another-host' });
  await expect(take()).rejects.toBeInstanceOf(LockedError);
});

test('a taker that died while taking over does not block the next one', async () => {
  const pid = await deadPid();
  await holder({ pid });
  await writeFile(`${path}.${ID}.next`, JSON.stringify({ id: randomUUID(), pid, host: hostname(), startedAt: now, command: 'ict apply' }));
  await (await take()).release();
});

test('of many takers of a dead lock exactly one wins', async () => {
  await holder({ pid: await deadPid() });
  const results = await Promise.allSettled(Array.from({ length: 25 }, take));
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  for (const result of results) if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(LockedError);
});

describe('a lock that nobody can read', () => {
  const damaged: readonly [string, string][] = [
    ['an empty file, as a power failure leaves it', ''],
    ['zeros', '\0\0\0\0'],
    ['half a lock', '{"id":"6f1c1f0e'],
    ['another format', '{"pid":1}'],
    ['an id that is a path', JSON.stringify({ id: '../../outside', pid: 1, host: 'h', startedAt: now, command: 'x' })],
    ['a pid of everybody', JSON.stringify({ id: ID, pid: 0, host: hostname(), startedAt: now, command: 'x' })],
  ];

  test.each(damaged)('%s: is replaced once nobody can be writing it', async (_reason, text) => {
    await mkdir(join(folder, 'deep', 'er'), { recursive: true });
    path = join(folder, 'deep', 'er', 'lock');
    await writeFile(path, text);
    const written = (await stat(path)).mtimeMs;
    await expect(takeLock(path, 'ict apply', new Date(written + 1000).toISOString())).rejects.toMatchObject({ code: 'damaged-lock' });
    expect(await readFile(path, 'utf8')).toBe(text);
    const held = await takeLock(path, 'ict apply', new Date(written + 11_000).toISOString());
    expect(await readLock(path)).toMatchObject({ kind: 'held', life: 'alive' });
    await held.release();
    // Nothing is left, here or where the id pointed.
    expect(await readdir(folder, { recursive: true })).toEqual(['deep', join('deep', 'er')]);
  });

  test('one from the future is old: the clock was set back since', async () => {
    await writeFile(path, '');
    await utimes(path, 4e9, 4e9);
    await (await takeLock(path, 'ict apply', new Date().toISOString())).release();
  });

  test('of many takers exactly one wins', async () => {
    await writeFile(path, '');
    const results = await Promise.allSettled(Array.from({ length: 25 }, take));
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  });
});

describe('breaking a lock', () => {
  const seen = () => readLock(path);
  const remove = async (state: Awaited<ReturnType<typeof seen>>) => breakLock(path, state, 'ict unlock', now);

  test('that of another host goes, and nothing is left of it', async () => {
    await holder({ host: 'another-host' });
    expect(await seen()).toMatchObject({ kind: 'held', life: 'unknown', holder: { host: 'another-host', isHere: false } });
    expect(await remove(await seen())).toBe(true);
    expect(await readdir(folder)).toEqual([]);
  });

  test('a damaged one goes, however young', async () => {
    await writeFile(path, 'garbage');
    expect(await seen()).toEqual({ kind: 'damaged' });
    expect(await remove({ kind: 'damaged' })).toBe(true);
    expect(await readdir(folder)).toEqual([]);
  });

  test('one that was taken since is left to its holder', async () => {
    await holder({ host: 'another-host' });
    const before = await seen();
    await rm(path);
    const held = await take();
    expect(await remove(before)).toBe(false);
    expect(await seen()).toMatchObject({ holder: { pid: process.pid } });
    await held.release();
    expect(await remove(before)).toBe(false);
    expect(await remove(await seen())).toBe(false);
    expect(await readdir(folder)).toEqual([]);
  });

  test.each([
    ['alive', {}],
    ['unknown', { host: 'another-host' }],
    ['unknown', { pidSpace: 'pid:[1]', processStart: '1' }],
    ['dead', { processStart: '1' }],
  ])('a holder is %s', async (life, fields) => {
    await holder(fields);
    expect(await seen()).toMatchObject({ life });
  });
});

test('a lock is released where its folder was moved to', async () => {
  const held = await take();
  const moved = join(folder, 'moved');
  await mkdir(moved);
  await writeFile(join(moved, 'lock'), await readFile(path));
  await rm(path);
  await held.release(join(moved, 'lock'));
  expect(await readdir(moved)).toEqual([]);
});

test('the lock and its folder are for their owner alone', async () => {
  path = join(folder, 'new', 'lock');
  const held = await take();
  if (process.platform !== 'win32')
    expect([(await stat(path)).mode & 0o777, (await stat(join(folder, 'new'))).mode & 0o777]).toEqual([0o600, 0o700]);
  await held.release();
});
