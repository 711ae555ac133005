import { type FileHandle, open, readlink, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { StorageError } from '../ports/project-store.ts';

/** Notices that a folder was moved or replaced while somebody works in it by its path. */
export interface FolderGuard {
  /** Remembers which folder is at the path now, at the first call. Until then `check` has nothing to compare with. */
  begin(): Promise<void>;
  /** Begins, and keeps the folder open, so that its new place can be told; each call is ended by one of `end`. */
  follow(): Promise<void>;
  end(): Promise<void>;
  /** Throws `StorageError` `moved` when another folder, or none, is at the path. */
  check(): Promise<void>;
  /** A path below the folder, where the folder is now as far as the system tells. */
  locate(path: string): Promise<string>;
}

/** Guards a folder that exists. */
export function guardFolder(folder: string): FolderGuard {
  let known: string | undefined;
  let handle: FileHandle | undefined;
  let followers = 0;
  const find = async (): Promise<string | undefined> => handle && readPlace(handle);
  const begin = async (): Promise<void> => {
    known ??= await identify(folder);
  };
  return {
    begin,
    follow: async () => {
      followers += 1;
      await begin();
      // An open folder can be asked where it is. Windows opens none, and does not let one be moved while files in it are open.
      handle ??= await open(folder, 'r').catch(() => undefined);
    },
    end: async () => {
      followers -= 1;
      if (followers > 0) return;
      const last = handle;
      handle = undefined;
      await last?.close();
    },
    check: async () => {
      if (known === undefined || (await identify(folder)) === known) return;
      throw new StorageError('moved', (await find()) ?? '', `${folder} was moved or replaced`);
    },
    locate: async (path) => join((await find()) ?? folder, relative(folder, path)),
  };
}

/** Device and inode; undefined when there is nothing. */
const identify = (path: string): Promise<string | undefined> =>
  stat(path, { bigint: true }).then(
    ({ dev, ino }) => `${dev} ${ino}`,
    () => undefined,
  );

/** Where an open folder is now; undefined where the system does not tell (only Linux does), or it was removed. */
async function readPlace({ fd }: FileHandle): Promise<string | undefined> {
  const place = await readlink(`/proc/self/fd/${fd}`).catch(() => undefined);
  return place === undefined || place.endsWith(' (deleted)') ? undefined : place;
}
