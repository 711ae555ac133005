import * as z from 'zod';
import { diskType, pool } from '../infra/hardware.ts';
import { address } from '../infra/names.ts';

/** Values of a server that can be compared with the panel. Units are in the names. */
export const serverValues = z.object({
  /** Technical name of the data centre (`SdnSpb`). */
  dc: z.string(),
  pool,
  /** Technical name of the image (`Ubuntu20.04x64`): the only part of the image the API reads back. */
  image: z.string(),
  cpu: z.number(),
  ramMb: z.number(),
  diskGb: z.number(),
  /** A type we do not know is kept as the provider spells it. */
  diskType: z.union([diskType, z.string()]),
  /** Addresses of linked private networks, sorted; `id:N` for a network that is not in the file. */
  networks: z.array(z.string()),
  power: z.enum(['on', 'off']),
});
export type ServerValues = z.output<typeof serverValues>;

/** Values that the API takes at creation and never reads back: compared with the ledger only. */
export const serverWriteOnly = z.object({
  imageId: z.number().optional(),
  /** Days between backups; 0 = none. */
  backupPeriod: z.number(),
  sshKeys: z.array(address),
});
export type ServerWriteOnly = z.output<typeof serverWriteOnly>;

export const networkValues = z.object({ dc: z.string(), dhcp: z.boolean() });
export type NetworkValues = z.output<typeof networkValues>;

/** A key is the base64 part of its public half; the provider may drop the rest (API reference, section 7). */
export const keyValues = z.object({ blob: z.string() });
export type KeyValues = z.output<typeof keyValues>;
