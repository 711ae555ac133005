import { dirname } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import type * as z from 'zod';
import { readOrdinaryFile } from '../files/read-ordinary-file.ts';
import { StorageError } from '../ports/project-store.ts';
import { makePrivateFolder } from './private-folder.ts';

/** Largest file of ours that is read; records of ten thousand servers stay far below. */
const MAX_BYTES = 256 * 1024 * 1024;

/** Whether an error of Node's file functions has this code. */
export const hasCode = (error: unknown, code: string): boolean => error instanceof Error && 'code' in error && error.code === code;

/**
 * Reads a JSON file of ours through its schema. Undefined when there is none. A damaged one, or one of a newer ict, is
 * a `StorageError`: it is never treated as empty, because that would make ict forget what it owns.
 */
export async function readJsonFile<Schema extends z.ZodType>(
  path: string,
  schema: Schema,
  format: number,
): Promise<z.output<Schema> | undefined> {
  const bytes = await readOrdinaryFile(path, { maxBytes: MAX_BYTES }).catch((error: unknown) => {
    throw new StorageError('unreadable', path, `cannot read ${path}`, error);
  });
  if (!bytes) return undefined;
  const text = new TextDecoder().decode(bytes);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    // Version control writes each of these at the beginning of a line, which JSON never has.
    if (/^<{7}|^>{7}/m.test(text)) throw new StorageError('conflict', path, `${path} has conflict markers`);
    throw new StorageError('damaged', path, `${path} is not JSON`, error);
  }
  if (typeof value === 'object' && value !== null && 'format' in value && typeof value.format === 'number' && value.format > format) {
    throw new StorageError('newer-format', path, `${path} was written by a newer ict (format ${value.format})`);
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    const own = parsed.error.issues.find(({ code }) => code === 'custom');
    throw new StorageError('damaged', path, own?.message ?? `${path} does not have the expected shape`, parsed.error);
  }
  return parsed.data;
}

/** Writes a JSON file: whole or not at all, on the disk when it resolves, and for its owner only, whatever the umask. */
export async function writeJsonFile(path: string, value: unknown): Promise<void> {
  try {
    await makePrivateFolder(dirname(path));
    await writeFileAtomic(path, `${JSON.stringify(value, null, 2)}\n`, { fsync: true, mode: 0o600 });
  } catch (error) {
    throw new StorageError('unwritable', path, `cannot write ${path}`, error);
  }
}
