import { applyOverlay } from '../store/wire-overlay.ts';
import { networkPrefix } from '../store/addresses.ts';
import type { SandboxState, StoredNetwork } from '../store/state-schema.ts';

/** A private network as GET `/network` shows it. */
export const viewNetwork = (state: SandboxState, network: StoredNetwork) =>
  applyOverlay(
    {
      ID: network.id,
      Name: network.name,
      State: network.state,
      IsDHCP: network.dhcp,
      DCLocation: network.dc,
      Mask: '255.255.255.0',
      Gateway: '',
      Bandwidth: network.bandwidth,
      NetworkCapacity: network.capacity,
      Type: 'PrivateClient',
      LinkedServers: viewLinkedServers(state, network),
    },
    network.wire,
  );

/** An own public network: `Id` in this case, as documented. Its firewall and tunnels are empty and cannot be edited. */
export const viewPublicNetwork = (state: SandboxState, network: StoredNetwork) => {
  const prefix = networkPrefix(network);
  return applyOverlay(
    {
      Id: network.id,
      Name: network.name,
      State: network.state,
      Mask: '255.255.255.0',
      Gateway: `${prefix}.1`,
      CIDR: `${prefix}.0/24`,
      EdgeExternalIp: `${prefix}.254`,
      LinkedServers: viewLinkedServers(state, network),
      IsDHCP: network.dhcp,
      DCLocation: network.dc,
      NetworkCapacity: network.capacity,
      Type: 'PublicClient',
      Bandwidth: network.bandwidth,
      Firewall: { Enabled: false, DefaultRuleAction: 'Allow', Rules: [] },
      Vpn: { Tunnels: [] },
    },
    network.wire,
  );
};

function viewLinkedServers(state: SandboxState, network: StoredNetwork) {
  return state.servers.flatMap((server) =>
    server.links
      .filter((link) => link.networkId === network.id)
      .map((link) => ({ LinkID: link.id, LinkState: 'Active', IP: link.ip, MAC: link.mac, ServerID: server.id })),
  );
}
