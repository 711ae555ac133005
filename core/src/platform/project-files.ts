import { lstatSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { FileReadError, type FileReader } from '../ports/files.ts';
import { nodeFileReader } from './node-file-reader.ts';

/**
 * Reads the files of a project from below one folder only, links resolved: for infra files that nobody here wrote, as in CI. Whatever else
 * a document names throws {@link FileReadError} `outside-root`, whether it exists or not.
 */
export const createRootFiles = (root: string): FileReader => ({
  ...nodeFileReader,
  read: (path, maxBytes, places) =>
    nodeFileReader.read(path, maxBytes, { ...places, within: [root] }).catch((error: unknown) => {
      throw error instanceof FileReadError && error.code === 'outside-workspace'
        ? new FileReadError('outside-root', path, { root })
        : error;
    }),
  exists: (path, places) => nodeFileReader.exists(path, { ...places, within: [root] }),
});

/**
 * The folder a project's files belong to: the git work tree that holds the infra file (of a submodule, its own), else the file's folder.
 * Git is not run: the folder above that has `.git` is it.
 */
export function findProjectRoot(file: string): string {
  const folder = realFolder(dirname(resolve(file)));
  for (let candidate = folder; ; candidate = dirname(candidate)) {
    if (lstatSync(join(candidate, '.git'), { throwIfNoEntry: false })) return candidate;
    if (dirname(candidate) === candidate) return folder;
  }
}

function realFolder(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    // It is reported as missing when the file is read.
    return folder;
  }
}
