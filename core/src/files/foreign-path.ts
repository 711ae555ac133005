import { isReservedName } from '#schemas/infra/reserved-name.ts';

/**
 * Whether a path leads off this machine's disks by its spelling alone: opening one on Windows logs in at the host it names (`\\host\share`),
 * or opens a device (`\\.\`, `CON`, `NUL.txt`). Always false elsewhere: there such names are ordinary. Pure.
 */
export function isForeignPath(path: string, platform: NodeJS.Platform): boolean {
  if (platform !== 'win32') return false;
  const text = path.replaceAll('/', '\\');
  // `\\?\C:\…` is the long form of a path of a disk.
  const local = text.replace(/^\\\\\?\\(?=[a-z]:\\)/i, '');
  if (local.startsWith('\\\\') || local.startsWith('\\??\\')) return true;
  return local
    .replace(/^[a-z]:/i, '')
    .split('\\')
    .some(isReservedName);
}

/** Host and share of a network path, in lower case: `\\host\share`; undefined for any other path. */
export function networkShareOf(path: string): string | undefined {
  const found = /^\\\\(?![.?]\\)([^\\]+\\[^\\]+)/.exec(path.replaceAll('/', '\\'));
  return found?.[1] === undefined ? undefined : `\\\\${found[1].toLowerCase()}`;
}
