import * as z from 'zod';
import { wireNetworkFields } from './network.ts';
import { orAbsent, wireAddress, wireBoolean, wireInt, wireList, withUpperCaseId } from './wire-values.ts';

/** One rule of a public network's firewall; `Source`, `Destination` and the ports may be `any` [client]. */
export const wireFirewallRule = z.looseObject({
  Number: orAbsent(wireInt),
  Name: orAbsent(z.string()),
  Action: orAbsent(z.string()),
  /** `Any`, `Tcp`, `Udp`, `TcpAndUdp`, `Icmp`. */
  Protocol: orAbsent(z.string()),
  Source: orAbsent(z.string()),
  SourcePort: orAbsent(z.string()),
  Destination: orAbsent(z.string()),
  DestinationPort: orAbsent(z.string()),
});

/** A VPN tunnel of a public network [client]. `SharedKey` is a secret. */
export const wireVpnTunnel = z.looseObject({
  Id: orAbsent(wireInt),
  State: orAbsent(z.string()),
  Name: orAbsent(z.string()),
  Enabled: orAbsent(wireBoolean),
  Mtu: orAbsent(wireInt),
  EncryptionType: orAbsent(z.string()),
  SharedKey: orAbsent(z.string()),
  PeerNetwork: orAbsent(z.string()),
  PeerEndpoint: orAbsent(z.string()),
  PeerIdentificator: orAbsent(z.string()),
});

/**
 * An own public network of `/publicnetwork` [doc], whose answer is a bare array of them. Documented with `Id`, read as `ID` by clients. `State`: `Active`, or `FromPool`
 * while it is being created. `CIDR`, `EdgeExternalIp` and `Firewall` are missing in the white label's page; `Vpn` is seen in a client.
 */
export const wirePublicNetwork = z.preprocess(
  withUpperCaseId,
  z.looseObject({
    ...wireNetworkFields,
    CIDR: orAbsent(z.string()),
    /** Outer address of the router. */
    EdgeExternalIp: wireAddress,
    Firewall: orAbsent(
      z.looseObject({ Enabled: orAbsent(wireBoolean), DefaultRuleAction: orAbsent(z.string()), Rules: wireList(wireFirewallRule) }),
    ),
    Vpn: orAbsent(z.looseObject({ Tunnels: wireList(wireVpnTunnel) })),
  }),
);
