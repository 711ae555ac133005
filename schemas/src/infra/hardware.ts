import * as z from 'zod';
import { doc } from '../text/text.ts';
import { diskGb, memoryMb } from './units.ts';

/** System disks the provider is known to accept. */
export const diskTypes = ['SSD', 'SAS'] as const;
export const diskType = z.enum(diskTypes).meta(doc('Type of the system disk: `SSD`, or the slower and cheaper `SAS`.'));

/** base = shared cores, high = the high-performance pool. Not every data centre offers both. */
export const pools = ['base', 'high'] as const;
export const pool = z.enum(pools).meta(doc('Pool of hosts: `base`, or `high` for high performance. Not every data centre offers both.'));

/** Fields of hardware; a size is a named set of them and a server entry may override each. */
export const hardwareFields = {
  cpu: z.int().positive().meta(doc('Number of processor cores. Documented: 1 to 8; more depends on the data centre and pool.')),
  ram: memoryMb,
  disk: diskGb,
  disk_type: diskType,
} as const;

/** Named hardware for `size:`. */
export const sizeEntry = z
  .strictObject({
    cpu: hardwareFields.cpu.optional(),
    ram: hardwareFields.ram.optional(),
    disk: hardwareFields.disk.optional(),
    disk_type: hardwareFields.disk_type.optional(),
    pool: pool.optional(),
  })
  .meta(doc('Named hardware. A server takes it with `size: NAME`; a field in the server entry wins.'));
