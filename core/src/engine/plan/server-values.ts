import type { ActualServer } from '#schemas/state/actual.ts';
import type { ServerValues } from '#schemas/state/values.ts';

/** Names a private network by its address where it is ours, else by its bare id. */
export type NameNetwork = (networkId: number) => string;

/**
 * Comparable values of a remote server. A field the provider did not tell is taken from `assume`: what cannot be seen
 * is not a difference. Without `assume` (adoption) it gets the provider's own default.
 */
export function toServerValues(server: ActualServer, nameNetwork: NameNetwork, assume?: ServerValues): ServerValues {
  return {
    dc: server.dc ?? assume?.dc ?? '',
    pool: server.pool ?? assume?.pool ?? 'base',
    image: server.image ?? assume?.image ?? '',
    cpu: server.cpu,
    ramMb: server.ramMb,
    diskGb: server.diskGb,
    diskType: server.diskType ?? assume?.diskType ?? 'SAS',
    networks: server.links
      .filter((link) => link.isPrivate)
      .map((link) => nameNetwork(link.networkId))
      .sort(),
    // Before a server is active its power bit means nothing (API reference, section 3.1).
    power: server.state === 'new' || server.state === 'need-money' ? (assume?.power ?? 'on') : server.isPowerOn ? 'on' : 'off',
  };
}
