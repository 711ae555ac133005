import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, rename } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { dirname } from 'node:path';
import { FILE_BYTES, HEADER_BYTES, MAGIC, SLOT_BYTES } from './history-layout.ts';

/** Opens a server's file to write to. One that is missing or not ours is put there anew, whole: figures are not worth a failure. */
export async function openHistoryFile(path: string): Promise<FileHandle> {
  return (await openIfOurs(path, constants.O_RDWR)) ?? (await createFile(path));
}

/** Opens a server's file to read; undefined when there is none of ours. */
export const openToRead = (path: string): Promise<FileHandle | undefined> => openIfOurs(path, constants.O_RDONLY);

async function openIfOurs(path: string, flags: number): Promise<FileHandle | undefined> {
  // Not to wait at a pipe.
  const file = await open(path, flags | ((constants as Partial<typeof constants>).O_NONBLOCK ?? 0)).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (!file) return undefined;
  try {
    const { buffer } = await file.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, 0);
    const { size } = await file.stat();
    if (buffer.toString('latin1') === MAGIC && size === FILE_BYTES) return file;
  } catch {
    // It is put there anew, or has nothing to show.
  }
  await file.close();
  return undefined;
}

async function createFile(path: string): Promise<FileHandle> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomUUID()}`;
  const file = await open(draft, 'wx+', 0o600);
  try {
    const header = Buffer.alloc(HEADER_BYTES);
    header.write(MAGIC, 'latin1');
    await file.write(header, 0, HEADER_BYTES, 0);
    // Its size is fixed, and room is taken as it is written to.
    await file.truncate(FILE_BYTES);
    await rename(draft, path);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** Reads `count` slots from a place; shorter where the file ends. */
export async function readSlots(file: FileHandle, at: number, count: number): Promise<Buffer> {
  const bytes = Buffer.alloc(count * SLOT_BYTES);
  const { bytesRead } = await file.read(bytes, 0, bytes.length, at);
  return bytes.subarray(0, bytesRead);
}
