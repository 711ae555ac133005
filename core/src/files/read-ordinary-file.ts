import { constants, type Stats } from 'node:fs';
import { type FileHandle, open, realpath, stat, statfs } from 'node:fs/promises';
import { FileReadError, type ReadPlaces, type SpecialFile } from '../ports/files.ts';
import { isAllowedSpelling, isBelow } from './allowed-folder.ts';

/** How a file may be opened. */
export interface ReadLimits extends ReadPlaces {
  /** The most that is read, bytes; a larger file is refused. */
  readonly maxBytes: number;
}

const CHUNK_BYTES = 64 * 1024;

/** Magic numbers of file systems that are windows into the kernel (Linux, `statfs(2)`): proc, sysfs, debugfs, tracefs, securityfs, bpf. */
const KERNEL_FILE_SYSTEMS = new Set([0x9fa0, 0x62656572, 0x64626720, 0x74726163, 0x73636673, 0xcafe4a11]);

/**
 * Bytes of an ordinary file; undefined when there is none. A path that somebody wrote may lead to anything: pipes, devices, sockets,
 * folders and files of the kernel are refused without being opened, and a file that grows meanwhile is read no further than its limit.
 * Throws {@link FileReadError}.
 */
export async function readOrdinaryFile(path: string, limits: ReadLimits): Promise<Uint8Array | undefined> {
  const file = await openOrdinaryFile(path, limits);
  if (!file) return undefined;
  try {
    return await readBounded(file, path, limits.maxBytes);
  } catch (error) {
    throw error instanceof FileReadError ? error : new FileReadError('unreadable', path, { cause: error });
  } finally {
    await file.close();
  }
}

/** Opens an ordinary file to read it piece by piece; undefined when there is none. Throws as {@link readOrdinaryFile}. */
export async function openOrdinaryFile(path: string, places: ReadPlaces = {}): Promise<FileHandle | undefined> {
  const real = await checkPlace(path, places);
  return real === undefined ? undefined : openChecked(real, path, places.within !== undefined);
}

/** Whether there is something at a path. Never throws: what may not be looked at counts as there. */
export const existsWithin = (path: string, places: ReadPlaces): Promise<boolean> =>
  checkPlace(path, places).then(
    (real) => real !== undefined,
    () => true,
  );

/** The path to open: without links where the place matters. Undefined when there is nothing. */
async function checkPlace(path: string, { within, shares }: ReadPlaces): Promise<string | undefined> {
  if (!isAllowedSpelling(path, shares)) throw new FileReadError('network-path', path);
  if (within === undefined) return (await find(() => stat(path), path)) && path;
  const real = await find(() => realpath(path), path);
  const folders = await Promise.all(within.map((folder) => realpath(folder).catch(() => folder)));
  // What is not there is refused as well when its place is outside: whether a file exists is nobody's business either.
  const isInside = real === undefined ? within.some((folder) => isBelow(path, folder)) : folders.some((folder) => isBelow(real, folder));
  if (!isInside) throw new FileReadError('outside-workspace', path);
  return real;
}

async function openChecked(real: string, path: string, isConfined: boolean): Promise<FileHandle | undefined> {
  // Looked at before it is opened: opening alone starts some devices, and waits at a pipe.
  const before = await find(() => stat(real), path);
  if (!before) return undefined;
  checkOrdinary(before, path);
  if (process.platform === 'linux' && KERNEL_FILE_SYSTEMS.has((await statfs(real)).type)) {
    throw new FileReadError('not-a-file', path, { special: 'kernel' });
  }
  // And again after: it may have been exchanged meanwhile. Windows knows none of these flags.
  const { O_RDONLY, O_NONBLOCK = 0, O_NOCTTY = 0, O_NOFOLLOW = 0 } = constants as Partial<typeof constants> & { readonly O_RDONLY: number };
  const file = await find(() => open(real, O_RDONLY | O_NONBLOCK | O_NOCTTY | (isConfined ? O_NOFOLLOW : 0)), path);
  try {
    if (file) checkOrdinary(await file.stat(), path);
    return file;
  } catch (error) {
    await file?.close();
    throw error;
  }
}

function checkOrdinary(stats: Stats, path: string): void {
  if (!stats.isFile()) throw new FileReadError('not-a-file', path, { special: specialOf(stats) });
}

function specialOf(stats: Stats): SpecialFile {
  if (stats.isDirectory()) return 'folder';
  if (stats.isFIFO()) return 'pipe';
  return stats.isSocket() ? 'socket' : 'device';
}

/** What a file function gives; undefined where nothing is. Other failures become {@link FileReadError} `unreadable`. */
async function find<Result>(work: () => Promise<Result>, path: string): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new FileReadError('unreadable', path, { cause: error });
  }
}

async function readBounded(file: FileHandle, path: string, maxBytes: number): Promise<Uint8Array> {
  const { size } = await file.stat();
  if (size > maxBytes) throw new FileReadError('too-large', path, { bytes: size });
  const chunks: Buffer[] = [];
  let length = 0;
  for (;;) {
    // One byte more than it has: the end is seen without another reading.
    const room = Math.min(length === 0 ? size + 1 : CHUNK_BYTES, maxBytes + 1 - length);
    const { bytesRead, buffer } = await file.read(Buffer.alloc(room), 0, room, length);
    if (bytesRead === 0)
      return chunks.length === 1 && chunks[0] ? new Uint8Array(chunks[0]) : new Uint8Array(Buffer.concat(chunks, length));
    chunks.push(buffer.subarray(0, bytesRead));
    length += bytesRead;
    if (length > maxBytes) throw new FileReadError('too-large', path, { bytes: Math.max(length, (await file.stat()).size) });
  }
}
