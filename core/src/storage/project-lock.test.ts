import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { LockedError, StorageError } from '../ports/project-store.ts';
import { takeLock } from './project-lock.ts';

let folder = '';
let path = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ict-lock-'));
  path = join(folder, 'lock');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const now = '2026-01-02T03:04:05.000Z';
const take = () => takeLock(path, 'ict apply', now);

/** Pid of a process that has just ended. */
async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid ?? 0;
}

const holder = (fields: object) =>
  writeFile(path, JSON.stringify({ id: 'x', pid: process.pid, host: hostname(), startedAt: now, command: 'ict deploy', ...fields }));

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
  await writeFile(`${path}.x.next`, JSON.stringify({ id: 'y', pid, host: hostname(), startedAt: now, command: 'ict apply' }));
  await (await take()).release();
});

test('of many takers of a dead lock exactly one wins', async () => {
  await holder({ pid: await deadPid() });
  const results = await Promise.allSettled(Array.from({ length: 25 }, take));
  expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  for (const result of results) if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(LockedError);
});

test('a file that is no lock counts as held', async () => {
  await writeFile(path, 'garbage');
  await expect(take()).rejects.toBeInstanceOf(StorageError);
  expect(await readFile(path, 'utf8')).toBe('garbage');
});
