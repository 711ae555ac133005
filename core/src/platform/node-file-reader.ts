import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { existsWithin, readOrdinaryFile } from '../files/read-ordinary-file.ts';
import type { FileReader } from '../ports/files.ts';

/** Reads the user's files from disk: of other machines only those that share the folder in which the user works. */
export const nodeFileReader: FileReader = {
  read: (path, maxBytes, places) => readOrdinaryFile(path, { shares: [process.cwd()], ...places, maxBytes }),
  resolve: (path, fromFile) => {
    if (path === '~' || path.startsWith('~/')) return join(homedir(), path.slice(1));
    return isAbsolute(path) ? path : resolve(dirname(fromFile), path);
  },
  exists: (path, places) => existsWithin(path, { shares: [process.cwd()], ...places }),
};
