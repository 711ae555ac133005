import * as z from 'zod';
import { wireSshKey } from './ssh-key.ts';
import { orAbsent, wireAddress, wireBoolean, wireInt, wireList, withUpperCaseId } from './wire-values.ts';

/**
 * `LinkedNetworks[]` of a server: one connection [client, obs. 2023]. `LinkState` is `New` or `Active` [doc]; `NetworkType` is
 * `PublicShared` (seen), `PublicSharedIPv6`, `PublicClient` or `PrivateClient` (panel); both stay strings.
 */
export const wireNetworkLink = z.looseObject({
  /** Id of this connection, used as `NetworkLinkID`. */
  LinkID: orAbsent(wireInt),
  NetworkID: orAbsent(wireInt),
  LinkState: orAbsent(z.string()),
  NetworkType: orAbsent(z.string()),
  NetworkName: orAbsent(z.string()),
  IP: wireAddress,
  Mask: wireAddress,
  Gateway: wireAddress,
  MAC: wireAddress,
  /** Mbit/s. */
  Bandwidth: orAbsent(wireInt),
});
export type WireNetworkLink = z.output<typeof wireNetworkLink>;

/**
 * A server as GET `/server/{id}`, the list and POST `/server` give it. 20 fields in April and May 2023 [client, obs. 2023]; older
 * answers lack several, so only what a reader cannot do without is required. Unknown fields pass through. The image id, backup
 * settings and bandwidth of creation cannot be read back [client].
 */
export const wireServer = z.preprocess(
  withUpperCaseId,
  z.looseObject({
    ID: wireInt,
    /** The user's name; nothing seen makes it unique [inferred]. */
    Name: z.string(),
    HostName: orAbsent(z.string()),
    /** `New`, `Active`, `Blocked`, `NeedMoney` [client]; `Deleting`, `Deleted` and others of the panel [inferred]. Kept as it came. */
    State: z.string(),
    /** Meaningful when `Active`: there is no "stopped" state [client]. */
    IsPowerOn: orAbsent(wireBoolean),
    CPU: wireInt,
    /** Megabytes. */
    RAM: wireInt,
    /** Gigabytes, system disk only. */
    HDD: wireInt,
    /** `SAS` or `SSD` [client]. */
    HDDType: orAbsent(z.string()),
    /** Main external IPv4; `""` until provisioned. */
    IP: wireAddress,
    PrimaryNetworkIp: wireAddress,
    /** Null until provisioned; `root` on Linux. */
    AdminUserName: orAbsent(z.string()),
    /** Clear text, returned by every read [client]: a secret. */
    AdminPassword: orAbsent(z.string()),
    /** Technical name of the image (`Ubuntu20.04x64`), not its id. */
    Image: orAbsent(z.string()),
    /** `Linux`, `Windows`, `Bsd`. */
    ImageFamily: orAbsent(z.string()),
    /** True: high-performance pool; false: base pool. */
    IsHighPerformance: orAbsent(wireBoolean),
    /** Technical name of the data centre (`SdnSpb`). */
    DCLocation: orAbsent(z.string()),
    LinkedNetworks: wireList(wireNetworkLink),
    /** Objects like those of `/sshkey` [client]; only `[]` was recorded, so bare ids are read as well. */
    LinkedSshKeys: wireList(z.union([wireInt.transform((ID) => ({ ID })), wireSshKey])),
    /** As it came; see `parseWireDate`. */
    DateCreate: orAbsent(z.string()),
  }),
);
export type WireServer = z.output<typeof wireServer>;

/** Answer of GET `/server`: a bare array, no pages, no filters [client]. */
export const wireServers = z.array(wireServer);
