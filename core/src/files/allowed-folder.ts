import { realpathSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';
import type { ReadPlaces } from '../ports/files.ts';
import { isForeignPath, networkShareOf } from './foreign-path.ts';

/** Whether a folder may be listed: as for files, see {@link ReadPlaces}. Throws as `realpathSync` when it is not there. */
export function isAllowedFolder(path: string, { within, shares }: ReadPlaces): boolean {
  if (!isAllowedSpelling(path, shares)) return false;
  if (within === undefined) return true;
  const real = realpathSync(path);
  return within.some((folder) => isBelow(real, realpathSync(folder)));
}

/** Whether the spelling of a path alone lets it be looked at: on Windows a network path or a device does harm when it is. */
export function isAllowedSpelling(path: string, shares: readonly string[] = [], platform: NodeJS.Platform = process.platform): boolean {
  if (!isForeignPath(path, platform)) return true;
  const share = networkShareOf(path);
  return share !== undefined && shares.some((folder) => networkShareOf(folder) === share);
}

/** Whether a path is that of a folder, or below it. Both without links. Pure. */
export function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
