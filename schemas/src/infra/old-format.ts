import * as z from 'zod';
import { textSchema } from '../text/text-schema.ts';

/**
 * The format of the earlier ict in Python, as its own models read it: unknown keys are passed over, and what is missing has
 * the same defaults.
 */
const oldServer = z.object({
  /** Name of a file with hardware, `templates/servers/NAME.yml`. */
  template: z.string().default('min_02'),
  /** Name of a playbook, `templates/playbooks/NAME.yml`. */
  playbook: z.string().default('Nginx_install'),
  /** How many servers: `NAME_1` … `NAME_N`. */
  value: z.coerce.number().int().min(0).max(10).default(1),
});

export const oldGroup = z.object({
  VDC_options: z.object({ DC: z.string().default('Xelent'), pull: z.string().default('base') }).prefault({}),
  Servers: z.array(z.record(z.string(), oldServer)).default([]),
});

/** A file of the old format: group → its data centre and servers. */
export const oldInfraFile = z.record(z.string(), oldGroup);
export type OldInfraFile = z.output<typeof oldInfraFile>;

/** A file with hardware of the old format. RAM is in MB, HDD in GB. */
export const oldTemplate = z.object({
  CPU: z.coerce.number().int().positive(),
  RAM: z.coerce.number().int().positive(),
  HDD: z.coerce.number().int().positive(),
  HDDType: z.string().default('SSD'),
  ImageID: z.coerce.string().default('3492'),
});
export type OldTemplate = z.output<typeof oldTemplate>;

/** Answer of `ict convert --json`. */
export const convertedFile = z.object({
  /** Absolute path of the file that was written. */
  file: z.string(),
  /** What its owner must look at. */
  remarks: z.array(textSchema),
});
export type ConvertedFile = z.output<typeof convertedFile>;
