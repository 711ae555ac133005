import { execFileSync } from 'node:child_process';
import { createServer } from 'node:net';
import { mkdir, mkdtemp, open, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { existsWithin, openOrdinaryFile, readOrdinaryFile } from './read-ordinary-file.ts';

let folder = '';
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'ict-files-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

const read = (name: string, maxBytes = 100, within?: readonly string[]): Promise<Uint8Array | undefined> =>
  readOrdinaryFile(join(folder, name), { maxBytes, within });
const textOf = async (name: string, maxBytes?: number, within?: readonly string[]): Promise<string | undefined> => {
  const bytes = await read(name, maxBytes, within);
  return bytes && new TextDecoder().decode(bytes);
};

test('an ordinary file, whole, up to its limit', async () => {
  await writeFile(join(folder, 'a'), 'hello');
  await writeFile(join(folder, 'empty'), '');
  await writeFile(join(folder, 'large'), 'x'.repeat(300_000));
  await symlink('a', join(folder, 'link'));
  expect(await textOf('a', 5)).toBe('hello');
  expect(await textOf('link')).toBe('hello');
  expect(await textOf('empty', 0)).toBe('');
  expect((await read('large', 300_000))?.length).toBe(300_000);
  await expect(read('a', 4)).rejects.toMatchObject({ code: 'too-large', bytes: 5 });
  expect(await read('none')).toBeUndefined();
  expect(await read('a/below')).toBeUndefined();
});

test('a file with a hole of ten gigabytes is refused before anything is read', async () => {
  await writeFile(join(folder, 'sparse'), '');
  await truncate(join(folder, 'sparse'), 10 * 1024 ** 3);
  await expect(read('sparse', 8 * 1024 * 1024)).rejects.toMatchObject({ code: 'too-large', bytes: 10 * 1024 ** 3 });
});

test('a file that grows while it is read is read no further than its limit', async () => {
  const path = join(folder, 'log');
  await writeFile(path, 'x'.repeat(1000));
  const writer = await open(path, 'a');
  const stop = new AbortController();
  const growing = (async () => {
    while (!stop.signal.aborted) await writer.appendFile('x'.repeat(50_000));
  })();
  const readings = await Promise.allSettled(Array.from({ length: 20 }, () => readOrdinaryFile(path, { maxBytes: 200_000 })));
  stop.abort();
  await growing;
  await writer.close();
  for (const reading of readings) {
    if (reading.status === 'fulfilled') expect(reading.value?.length).toBeLessThanOrEqual(200_000);
    else expect(reading.reason).toMatchObject({ code: 'too-large' });
  }
});

describe.runIf(process.platform === 'linux')('what is no ordinary file', () => {
  test.each([
    ['/dev/zero', 'device'],
    ['/dev/tty', 'device'],
    ['/proc/self/environ', 'kernel'],
    ['/proc/self/mem', 'kernel'],
    ['/proc/kmsg', 'kernel'],
    ['/sys/kernel/notes', 'kernel'],
    ['/tmp', 'folder'],
  ])('%s is refused, through a link too: a %s', async (path, special) => {
    await symlink(path, join(folder, 'link'));
    const refusal = { code: 'not-a-file', special };
    await expect(readOrdinaryFile(path, { maxBytes: 100 })).rejects.toMatchObject(refusal);
    await expect(read('link')).rejects.toMatchObject(refusal);
    await expect(openOrdinaryFile(path)).rejects.toMatchObject(refusal);
  });

  test('a socket is refused', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(folder, 'socket'), resolve));
    await expect(read('socket')).rejects.toMatchObject({ code: 'not-a-file', special: 'socket' });
    await new Promise((resolve) => server.close(resolve));
  });

  test('twenty pipes nobody writes to hold up nothing', async () => {
    const names = Array.from({ length: 20 }, (_, index) => `pipe-${index}`);
    execFileSync('mkfifo', names, { cwd: folder });
    await writeFile(join(folder, 'a'), 'hello');
    const refused = Promise.allSettled(names.map((name) => read(name)));
    expect(await textOf('a')).toBe('hello');
    for (const { status, reason } of (await refused) as PromiseRejectedResult[])
      expect([status, reason]).toMatchObject(['rejected', { code: 'not-a-file', special: 'pipe' }]);
  });
});

describe('within a folder', () => {
  test('files below it, also when it is itself reached by a link', async () => {
    await mkdir(join(folder, 'work', 'sub'), { recursive: true });
    await writeFile(join(folder, 'work', 'sub', 'a'), 'mine');
    await writeFile(join(folder, 'work', '..b'), 'dots');
    await symlink('work', join(folder, 'alias'));
    for (const within of [join(folder, 'work'), join(folder, 'alias')]) {
      expect(await textOf('work/sub/a', 100, [within])).toBe('mine');
      expect(await textOf('alias/sub/a', 100, [within])).toBe('mine');
      expect(await textOf('work/..b', 100, [within])).toBe('dots');
    }
  });

  test('nothing outside of it, whatever the way', async () => {
    await mkdir(join(folder, 'work'));
    await mkdir(join(folder, 'work-of-others'));
    await writeFile(join(folder, 'secret'), 'theirs');
    await writeFile(join(folder, 'work-of-others', 'a'), 'theirs');
    await symlink('../secret', join(folder, 'work', 'link'));
    await symlink('..', join(folder, 'work', 'up'));
    const within = [join(folder, 'work')];
    for (const name of ['secret', 'work/../secret', 'work/link', 'work/up/secret', 'work-of-others/a', 'none'])
      await expect(read(name, 100, within)).rejects.toMatchObject({ code: 'outside-workspace' });
    expect(await read('work/none', 100, within)).toBeUndefined();
    await expect(read('work/link', 100, [])).rejects.toMatchObject({ code: 'outside-workspace' });
    // Whether it exists is not told either.
    expect(await Promise.all(['secret', 'none', 'work/none'].map((name) => existsWithin(join(folder, name), { within })))).toEqual([
      true,
      true,
      false,
    ]);
  });
});
