import { open, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { type FileReader, FileTooLarge } from '../ports/files.ts';

/** Reads the user's files from disk. */
export const nodeFileReader: FileReader = {
  read: async (path, maxBytes) => {
    const file = await open(path, 'r').catch((error: unknown) => {
      if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
      throw error;
    });
    if (!file) return undefined;
    try {
      const { size } = await file.stat();
      if (size > maxBytes) throw new FileTooLarge(path, size);
      return new Uint8Array(await file.readFile());
    } finally {
      await file.close();
    }
  },
  resolve: (path, fromFile) => {
    if (path === '~' || path.startsWith('~/')) return join(homedir(), path.slice(1));
    return isAbsolute(path) ? path : resolve(dirname(fromFile), path);
  },
  exists: (path) =>
    stat(path).then(
      () => true,
      () => false,
    ),
};
