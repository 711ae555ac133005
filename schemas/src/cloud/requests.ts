import * as z from 'zod';

const id = z.int().positive();

/**
 * Body of POST `/server`. Names as documented; the provider matches them without regard to case [client]. Ranges are the
 * provider's affair (documented: CPU 1…8, RAM up to 16384, HDD up to 250 in tens; more was accepted), so they are not checked here.
 */
export const serverCreateBody = z.strictObject({
  Name: z.string().min(1),
  CPU: z.int().positive(),
  /** Megabytes. */
  RAM: z.int().positive(),
  /** Gigabytes. */
  HDD: z.int().positive(),
  /** Documented as a string; a number works too [doc][client]. */
  ImageID: z.string().regex(/^\d+$/),
  HDDType: z.string().optional(),
  /** True: high-performance pool; must be offered in the data centre [client]. */
  isHighPerformance: z.boolean().optional(),
  /** `TechTitle`. Missing and unknown values both end in `SdnSpb` without an error [client, obs. 2023]: check before sending. */
  DCLocation: z.string().optional(),
  isBackupActive: z.boolean().optional(),
  /** Days: 7, 14, 21, 28; 0 when off [client]. */
  BackupPeriod: z.int().min(0).optional(),
  /** Ids of `/sshkey`; keys can be installed at creation only [client]. */
  SshKeys: z.array(id).optional(),
  /** Connects to this network at creation [client]. */
  NetworkID: id.optional(),
  /** Mbit/s; 10 is in the price [client]. */
  NetworkBandwidth: z.int().positive().optional(),
  /** Windows images only [client]. */
  IsNeedSysprep: z.boolean().optional(),
});
export type ServerCreateBody = z.output<typeof serverCreateBody>;

/** Body of PUT `/server/{id}`. What a missing field means is unknown, so all five are always sent [client]. The disk cannot shrink. */
export const serverResizeBody = z.strictObject({
  CPU: z.int().positive(),
  RAM: z.int().positive(),
  HDD: z.int().positive(),
  HDDType: z.string(),
  IsHighPerformance: z.boolean(),
});
export type ServerResizeBody = z.output<typeof serverResizeBody>;

/** Action types without further fields: [doc][client] the first three, [client] the others. */
export const plainActionTypes = ['PowerOn', 'PowerOff', 'PowerReboot', 'ShutDownGuestOS', 'RebootGuestOS'] as const;

/** Body of POST `/server/{id}/action`. The name of the bandwidth value was never seen: `NetworkBandwidth` is a guess [inferred]. */
export const serverActionBody = z.discriminatedUnion('Type', [
  z.strictObject({ Type: z.enum(plainActionTypes) }),
  z.strictObject({ Type: z.enum(['AddNetwork', 'RemoveNetwork']), NetworkID: id }),
  z.strictObject({ Type: z.literal('EditNetworkBandwidth'), NetworkLinkID: id, NetworkBandwidth: z.int().positive() }),
]);
export type ServerActionBody = z.output<typeof serverActionBody>;

/** Body of POST `/network` [client]. The API's name for the address is unknown, so none is sent. */
export const networkCreateBody = z.strictObject({
  Name: z.string().min(1),
  DCLocation: z.string().optional(),
  IsDHCP: z.boolean().optional(),
});
export type NetworkCreateBody = z.output<typeof networkCreateBody>;

/** Body of POST `/sshkey` [client]: the whole public-key line. The panel refuses `<`, `>` and `&` in it. */
export const sshKeyCreateBody = z.strictObject({ Title: z.string().min(1), PublicKey: z.string().min(1) });
export type SshKeyCreateBody = z.output<typeof sshKeyCreateBody>;
