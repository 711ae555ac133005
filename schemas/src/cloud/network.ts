import * as z from 'zod';
import { orAbsent, wireAddress, wireBoolean, wireInt, wireList, withUpperCaseId } from './wire-values.ts';

/** `LinkedServers[]` of a network: `IP`, `MAC`, `ServerID` [client]; newer answers add `LinkID` and `LinkState` [client][doc for public]. */
export const wireLinkedServer = z.looseObject({
  ServerID: orAbsent(wireInt),
  LinkID: orAbsent(wireInt),
  /** `New` or `Active` [doc]. */
  LinkState: orAbsent(z.string()),
  IP: wireAddress,
  MAC: wireAddress,
});

/** Fields that private and public networks share. */
export const wireNetworkFields = {
  ID: wireInt,
  Name: orAbsent(z.string()),
  State: z.string(),
  /** The provider's DHCP server in the network. */
  IsDHCP: orAbsent(wireBoolean),
  DCLocation: orAbsent(z.string()),
  Mask: wireAddress,
  Gateway: wireAddress,
  Bandwidth: orAbsent(wireInt),
  /** Size of the network; a string in answers, a number in the create body of public networks. */
  NetworkCapacity: orAbsent(z.union([z.string(), z.number().transform(String)])),
  Type: orAbsent(z.string()),
  LinkedServers: wireList(wireLinkedServer),
} as const;

/** A private network of `/network` [client]. `State`: `New`, `Active`, `NeedMoney` and the shared words; `Type`: `PrivateClient` [panel]. */
export const wireNetwork = z.preprocess(withUpperCaseId, z.looseObject(wireNetworkFields));
export type WireNetwork = z.output<typeof wireNetwork>;
