import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readlink, realpath } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * sha256 over a file, or over names, modes and contents of everything below a folder, hex; undefined when there is nothing at
 * the path. `exclude` holds names and patterns (`*`, `?`) over names and over paths below the folder, as the role `app` takes them.
 */
export async function hashTree(path: string, exclude: readonly string[]): Promise<string | undefined> {
  // The path itself may be a link, as a folder `current` is; below it a link is what is delivered.
  const root = await realpath(path).catch(() => undefined);
  if (root === undefined) return undefined;
  const hash = createHash('sha256');
  const patterns = exclude.map(toPattern);
  const isExcluded = (name: string, way: string): boolean => patterns.some((pattern) => pattern.test(name) || pattern.test(way));
  await add(hash, root, '', isExcluded);
  return hash.digest('hex');
}

async function add(hash: Hash, path: string, way: string, isExcluded: (name: string, way: string) => boolean): Promise<void> {
  const info = await lstat(path);
  if (info.isSymbolicLink()) hash.update(`link ${way}\0${await readlink(path)}\0`);
  else if (info.isDirectory()) {
    const names = (await readdir(path)).sort((a, b) => (a < b ? -1 : 1));
    for (const name of names) {
      const inner = way === '' ? name : `${way}/${name}`;
      if (!isExcluded(name, inner)) await add(hash, join(path, name), inner, isExcluded);
    }
  } else if (info.isFile()) {
    // What is executable matters on a server; the rest of the mode is this machine's.
    hash.update(`file ${way}\0${info.mode & 0o100}\0${info.size}\0`);
    for await (const part of createReadStream(path)) hash.update(part as Uint8Array);
  }
}

const toPattern = (text: string): RegExp =>
  new RegExp(
    `^${text
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    's',
  );
