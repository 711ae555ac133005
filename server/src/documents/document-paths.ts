import { isAbsolute } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { FileReader, ReadPlaces } from '#core/ports/files.ts';

/** Path of a document's file; the address itself when it is no file of this machine (`untitled:Untitled-1`). */
export function toPath(uri: string): string {
  if (!uri.startsWith('file:')) return uri;
  try {
    return fileURLToPath(uri);
  } catch {
    // Another machine's file, or an address with mistakes.
    return uri;
  }
}

/** Address of a path that {@link toPath} gave. */
export const toUri = (path: string): string => (isAbsolute(path) ? pathToFileURL(path).href : path);

/** Whether a path is one of this machine's disk. */
export const isOnDisk = (path: string): boolean => isAbsolute(path);

/** Where documents may name files: the folders of the workspace, and whether its user trusts it. */
export interface Workspace {
  /** Absolute paths, in the editor's order. */
  readonly folders: () => readonly string[];
  readonly isTrusted: boolean;
}

/** Where files are read from: anywhere for a user who trusts the workspace, else below its folders only. */
export const placesOf = ({ folders, isTrusted }: Workspace): ReadPlaces => ({
  shares: folders(),
  ...(isTrusted ? {} : { within: folders() }),
});

/**
 * Files as documents name them. A document that has no place on the disk names files from the workspace's first folder;
 * without a workspace they stay as they are written, and are not found.
 */
export function createDocumentFiles(files: FileReader, workspace: Workspace): FileReader {
  return {
    read: (path, maxBytes) => (isOnDisk(path) ? files.read(path, maxBytes, placesOf(workspace)) : Promise.resolve(undefined)),
    exists: (path) => (isOnDisk(path) ? files.exists(path, placesOf(workspace)) : Promise.resolve(false)),
    resolve: (path, fromFile) => {
      if (isOnDisk(fromFile) || isAbsolute(path) || path.startsWith('~')) return files.resolve(path, fromFile);
      const [base] = workspace.folders();
      return base === undefined ? path : files.resolve(path, `${base}/untitled`);
    },
  };
}
