import { gatewayOf, networkPrefix } from '../store/addresses.ts';
import type { SandboxState, StoredAction, StoredLink, StoredServer } from '../store/state-schema.ts';
import { applyOverlay } from '../store/wire-overlay.ts';
import { formatCreateDate, formatStoredDate } from './format-date.ts';

/** The fixed title of the shared public network in a server's links. */
const SHARED_NETWORK_NAME = 'Общая публичная сеть';

/** A server with the 20 fields of recorded answers; `isCreateAnswer` picks the form of the date. */
export const viewServer = (state: SandboxState, server: StoredServer, isCreateAnswer = false) => {
  const shared = server.links.find((link) => link.type === 'PublicShared')?.ip ?? '';
  return applyOverlay(
    {
      ID: server.id,
      Name: server.name,
      HostName: null,
      State: server.state,
      IsPowerOn: server.isPowerOn,
      CPU: server.cpu,
      RAM: server.ram,
      HDD: server.hdd,
      IP: shared,
      AdminUserName: server.adminUser,
      AdminPassword: server.adminPassword,
      Image: server.image,
      IsHighPerformance: server.isHighPerformance,
      HDDType: server.hddType,
      PrimaryNetworkIp: shared,
      LinkedNetworks: server.links.map((link) => viewLink(state, link)),
      DCLocation: server.dc,
      ImageFamily: server.imageFamily,
      LinkedSshKeys: state.keys.filter((key) => server.keyIds.includes(key.id)).map((key) => viewKey(key)),
      DateCreate: isCreateAnswer ? formatCreateDate(server.createdMs) : formatStoredDate(server.createdMs),
    },
    server.wire,
  );
};

/** An action; `EndDate` is null while it runs. */
export const viewAction = (action: StoredAction) =>
  applyOverlay(
    {
      ID: action.id,
      Type: action.type,
      State: action.state,
      StartDate: formatStoredDate(action.startedMs),
      EndDate: action.endedMs === null ? null : formatStoredDate(action.endedMs),
    },
    action.wire,
  );

/** A key; `isBase64Only` leaves out the type and the comment, which one client found missing. */
export const viewKey = (key: SandboxState['keys'][number], isBase64Only = false) =>
  applyOverlay(
    {
      ID: key.id,
      Title: key.title,
      PublicKey: isBase64Only ? (key.publicKey.split(/\s+/)[1] ?? key.publicKey) : key.publicKey,
      IsActive: true,
    },
    key.wire,
  );

function viewLink(state: SandboxState, link: StoredLink) {
  const network = state.networks.find((one) => one.id === link.networkId);
  return {
    LinkID: link.id,
    NetworkID: link.networkId,
    LinkState: 'Active',
    NetworkType: link.type,
    NetworkName: network?.name ?? SHARED_NETWORK_NAME,
    IP: link.ip,
    MAC: link.mac,
    Mask: '255.255.255.0',
    Gateway: network === undefined ? gatewayOf(link.ip) : network.kind === 'private' ? '' : `${networkPrefix(network)}.1`,
    Bandwidth: link.bandwidth,
  };
}
