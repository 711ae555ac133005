import { access, constants, realpath, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join, relative, sep } from 'node:path';

/**
 * Full path of a program on `PATH`. Folders named relatively, and those inside of `outside` (the user's project), are left
 * out: opening somebody's repository must not run somebody's programs. Undefined when there is none.
 */
export async function findExecutable(name: string, path: string | undefined, outside: string): Promise<string | undefined> {
  // Links may lead into the project by either of its names.
  const forbidden = [outside, await realpath(outside).catch(() => outside)];
  const isForbidden = (place: string): boolean => forbidden.some((folder) => isInside(place, folder));
  for (const folder of (path ?? '').split(delimiter)) {
    if (!isAbsolute(folder) || isForbidden(folder)) continue;
    const candidate = join(folder, name);
    if ((await isProgram(candidate)) && !isForbidden(await realpath(candidate))) return candidate;
  }
  return undefined;
}

/** A folder may be entered, which is not what is asked. */
const isProgram = (path: string): Promise<boolean> =>
  access(path, constants.X_OK)
    .then(() => stat(path))
    .then(
      (info) => info.isFile(),
      () => false,
    );

function isInside(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}
