import * as z from 'zod';
import { doc } from '../text/text.ts';

/** Megabytes in a gigabyte, as the provider counts them. */
export const MB_PER_GB = 1024;

const MEMORY = /^(\d+)\s*(MB|GB)$/i;
const DISK = /^(\d+)\s*GB$/i;
const DURATION = /^(\d+)\s*(s|m|h|d)$/;
const PERCENT = /^(\d+(?:\.\d+)?)\s*%$/;
const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Memory: a number of MB, or `512 MB`, `2 GB`. Past the door it is MB. */
export const memoryMb = z
  .union([z.int().positive(), z.string().regex(MEMORY)])
  .transform((value) => (typeof value === 'number' ? value : parseMemoryMb(value)))
  .meta(doc('Memory: a number of MB, or a text such as `512 MB` or `2 GB` (1 GB = 1024 MB).'));

/** Disk: a number of GB, or `40 GB`. Past the door it is GB. */
export const diskGb = z
  .union([z.int().positive(), z.string().regex(DISK)])
  .transform((value) => (typeof value === 'number' ? value : Number(DISK.exec(value)?.[1])))
  .meta(doc('Size of the system disk: a number of GB, or a text such as `40 GB`.'));

/** A time span `30s 5m 1h 2d`. Past the door it is seconds. */
export const durationSeconds = z
  .string()
  .regex(DURATION)
  .transform((value) => parseDurationSeconds(value) ?? 0)
  .meta(doc('A time span: `30s`, `5m`, `1h` or `2d`.'));

/** A share such as `90%`. Past the door it is a ratio, 0.9. */
export const percentRatio = z
  .string()
  .regex(PERCENT)
  .transform((value) => Number(PERCENT.exec(value)?.[1]) / 100)
  .meta(doc('A share, such as `90%`.'));

/** Parses `30s 5m 1h 2d` to seconds; undefined when the text is no time span. */
export function parseDurationSeconds(value: string): number | undefined {
  const match = DURATION.exec(value);
  return match ? Number(match[1]) * (SECONDS[match[2] ?? 's'] ?? 1) : undefined;
}

function parseMemoryMb(value: string): number {
  const [, amount, unit] = MEMORY.exec(value) ?? [];
  return Number(amount) * (unit?.toUpperCase() === 'GB' ? MB_PER_GB : 1);
}
