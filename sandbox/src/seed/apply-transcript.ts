import { wireBalance } from '#schemas/cloud/account.ts';
import type { Transcript } from '#schemas/survey/transcript.ts';
import { defaultDataCentres } from '../catalog/data-centres.ts';
import { firstCounters } from '../store/counters.ts';
import { createPassword } from '../store/password.ts';
import type {
  SandboxState,
  StoredAction,
  StoredDataCentre,
  StoredImage,
  StoredKey,
  StoredLink,
  StoredNetwork,
  StoredServer,
} from '../store/state-schema.ts';
import { viewImage, viewDataCentre } from '../views/catalog-view.ts';
import { viewAccount } from '../views/account-view.ts';
import { viewNetwork, viewPublicNetwork } from '../views/network-view.ts';
import { viewAction, viewKey, viewServer } from '../views/server-view.ts';
import { overlayOf } from '../store/wire-overlay.ts';
import { dateOf, flagOf, idOf, intOf, isRow, oneOf, type Row, rowsOf, textOf } from './read-rows.ts';

const serverStates = ['New', 'Active', 'Blocked', 'NeedMoney', 'Deleting', 'Deleted'] as const;
const networkStates = ['New', 'FromPool', 'Active', 'NeedMoney', 'Blocked', 'Deleting', 'Deleted'] as const;
const actionStates = ['InProgress', 'Completed', 'Postponed', 'Failed'] as const;
const families = ['Linux', 'Windows', 'Bsd'] as const;
const linkTypes = ['PublicShared', 'PublicClient', 'PrivateClient'] as const;
/** Answers that say something about one moment only. */
const passing: ReadonlySet<number> = new Set([0, 401, 408, 429]);

/**
 * The state of a sandbox that answers as the account of a transcript did: catalogue, servers, networks, keys, account, and the words and
 * fields that no sandbox would make up. What the sandbox has no part for (DNS, storage, refusals) is answered as it was. Passwords are
 * new. Headers, durations, and rows without an id are not taken over.
 */
export const applyTranscript = ({ exchanges }: Transcript, nowMs: number, random: () => number): SandboxState => {
  const find = (path: string): unknown => exchanges.find((one) => one.path === path && one.status === 200)?.body;
  const list = (path: string): readonly Row[] => rowsOf(find(path)).filter((row) => path === '/dcLocation' || idOf(row) !== undefined);
  const account = isRow(find('/account')) ? (find('/account') as Row) : {};
  const servers = list('/server');
  const state: SandboxState = {
    version: 1,
    savedMs: nowMs,
    counters: { ...firstCounters },
    account: toAccount(account, find('/customer/balance')),
    dataCentres: list('/dcLocation').map((row, index) => toDataCentre(row, index, servers)),
    images: list('/image').map(toImage),
    servers: servers.map((row) => toServer(row, nowMs, random)),
    actions: exchanges.flatMap(({ path, status, body }) => (status === 200 ? toActions(path, rowsOf(body), nowMs) : [])),
    networks: [
      ...list('/network').map((row, index) => toNetwork(row, 'private', index)),
      ...list('/publicnetwork').map((row, index) => toNetwork(row, 'public', index)),
    ],
    keys: list('/sshkey').map(toKey),
    tasks: [],
    replay: {},
  };
  raiseCounters(state);
  addOverlays(state, { list, account, balance: find('/customer/balance'), project: find('/project') }, exchanges);
  for (const { path, status, body } of exchanges) {
    if (passing.has(status) || status >= 500 || (status === 200 && !/^\/(?:dns|storage)\b/.test(path))) continue;
    state.replay[path.toLowerCase()] = { status, ...(body === undefined ? {} : { body }) };
  }
  return state;
};

function toAccount(row: Row, balance: unknown): SandboxState['account'] {
  const [project] = rowsOf(row['ProjectBalances']);
  const money = wireBalance.safeParse(balance ?? row['Balance']);
  return {
    id: intOf(row['ID'], 1001),
    projectId: intOf(project?.['ProjectId'], 2001),
    firstName: textOf(row['FirstName']),
    lastName: textOf(row['LastName']),
    email: textOf(row['Email']),
    balance: money.success ? money.data : 0,
  };
}

function toDataCentre(row: Row, index: number, servers: readonly Row[]): StoredDataCentre {
  const techTitle = textOf(row['TechTitle']);
  const known = defaultDataCentres.find((one) => one.techTitle === techTitle);
  const shared = servers
    .filter((server) => server['DCLocation'] === techTitle)
    .flatMap((server) => rowsOf(server['LinkedNetworks']))
    .find((link) => link['NetworkType'] === 'PublicShared');
  return {
    id: intOf(row['ID'], index + 1),
    title: textOf(row['Title']),
    techTitle,
    shortTitle: textOf(row['ShortTitle']),
    country: textOf(row['Country']),
    city: textOf(row['City']),
    lowPool: flagOf(row['IsEnableLowPool']),
    highPool: flagOf(row['IsEnableHighPool']),
    backup: flagOf(row['IsEnableBackup']),
    ssdOnly: known?.ssdOnly ?? false,
    sharedNetworkId: intOf(shared?.['NetworkID'], known?.sharedNetworkId ?? 274 + index),
  };
}

function toImage(row: Row): StoredImage {
  return {
    id: intOf(row['ID'], 0),
    name: textOf(row['Name']),
    displayName: textOf(row['DisplayName']),
    family: oneOf(families, row['Family'], 'Linux'),
    dc: textOf(row['DCLocation']),
    hdd: intOf(row['Hdd'], 10),
    system: textOf(row['OperatingSystemType']),
    type: textOf(row['Type']),
  };
}

function toServer(row: Row, nowMs: number, random: () => number): StoredServer {
  const keys = Array.isArray(row['LinkedSshKeys']) ? (row['LinkedSshKeys'] as unknown[]) : [];
  return {
    id: intOf(idOf(row), 0),
    name: textOf(row['Name']),
    state: oneOf(serverStates, row['State'], 'Active'),
    isPowerOn: flagOf(row['IsPowerOn']),
    cpu: intOf(row['CPU'], 1),
    ram: intOf(row['RAM'], 1024),
    hdd: intOf(row['HDD'], 10),
    hddType: oneOf(['SAS', 'SSD'], row['HDDType'], 'SSD'),
    isHighPerformance: flagOf(row['IsHighPerformance']),
    dc: textOf(row['DCLocation']),
    image: textOf(row['Image']),
    imageFamily: oneOf(families, row['ImageFamily'], 'Linux'),
    adminUser: typeof row['AdminUserName'] === 'string' ? row['AdminUserName'] : null,
    adminPassword: typeof row['AdminPassword'] === 'string' ? createPassword(random) : null,
    links: rowsOf(row['LinkedNetworks']).map(toLink),
    keyIds: keys.map((key) => intOf(isRow(key) ? idOf(key) : key, 0)),
    createdMs: dateOf(row['DateCreate']) ?? nowMs,
  };
}

function toLink(row: Row): StoredLink {
  return {
    id: intOf(row['LinkID'], 0),
    networkId: intOf(row['NetworkID'], 0),
    type: oneOf(linkTypes, row['NetworkType'], 'PrivateClient'),
    ip: textOf(row['IP']),
    mac: textOf(row['MAC']),
    bandwidth: intOf(row['Bandwidth'], 0),
  };
}

/** Stand-ins of private addresses are `10.x.y.z`, which is what the sandbox makes of a network's index. */
function toNetwork(row: Row, kind: StoredNetwork['kind'], index: number): StoredNetwork {
  const [, x, y] =
    /^10\.(\d+)\.(\d+)\./.exec(
      rowsOf(row['LinkedServers'])
        .map(({ IP }) => textOf(IP))
        .find((ip) => ip.startsWith('10.')) ?? '',
    ) ?? [];
  return {
    id: intOf(idOf(row), 0),
    kind,
    name: textOf(row['Name']),
    state: oneOf(networkStates, row['State'], 'Active'),
    dhcp: flagOf(row['IsDHCP']),
    dc: textOf(row['DCLocation']),
    index: x === undefined ? index + 1 : Number(x) * 256 + Number(y),
    bandwidth: intOf(row['Bandwidth'], 0),
    capacity: textOf(row['NetworkCapacity']),
  };
}

function toKey(row: Row): StoredKey {
  return { id: intOf(idOf(row), 0), title: textOf(row['Title']), publicKey: textOf(row['PublicKey']) };
}

function toActions(path: string, rows: readonly Row[], nowMs: number): StoredAction[] {
  const serverId = /^\/server\/(\d+)\/action$/.exec(path)?.[1];
  if (serverId === undefined) return [];
  return rows.map((row) => ({
    id: intOf(idOf(row), 0),
    serverId: Number(serverId),
    type: textOf(row['Type']),
    // Its task is not known, so it has ended here; the overlay shows the word it had.
    state: oneOf(actionStates, row['State'], 'Completed'),
    startedMs: dateOf(row['StartDate']) ?? nowMs,
    endedMs: dateOf(row['EndDate']) ?? null,
  }));
}

/** New objects get ids above all there are. */
function raiseCounters(state: SandboxState): void {
  const raise = (counter: keyof SandboxState['counters'], ids: readonly number[]): void => {
    state.counters[counter] = Math.max(state.counters[counter], ...ids);
  };
  raise('server', state.servers.map(({ id }) => id)); // prettier-ignore
  raise('network', state.networks.map(({ id }) => id)); // prettier-ignore
  raise('key', state.keys.map(({ id }) => id)); // prettier-ignore
  raise('image', state.images.map(({ id }) => id)); // prettier-ignore
  raise('action', state.actions.map(({ id }) => id)); // prettier-ignore
  raise('link', state.servers.flatMap(({ links }) => links.map(({ id }) => id))); // prettier-ignore
}

interface Answers {
  list(path: string): readonly Row[];
  readonly account: Row;
  readonly balance: unknown;
  readonly project: unknown;
}

/** Compares what the sandbox would answer with what the account answered, object by object. */
function addOverlays(state: SandboxState, { list, account, balance, project }: Answers, exchanges: Transcript['exchanges']): void {
  const lay = <Item extends { wire?: StoredServer['wire'] }>(
    items: readonly Item[],
    rows: readonly Row[],
    view: (item: Item) => Row,
  ): void => {
    for (const [index, item] of items.entries()) {
      const wire = overlayOf(view(item), rows[index] ?? {}, { ignored: ['AdminPassword'] });
      if (wire !== undefined) item.wire = wire;
    }
  };
  lay(state.keys, list('/sshkey'), (key) => viewKey(key));
  lay(state.servers, list('/server'), (server) => viewServer(state, server));
  lay(state.images, list('/image'), viewImage);
  lay(state.dataCentres, list('/dcLocation'), viewDataCentre);
  const [privates, publics] = [
    state.networks.filter(({ kind }) => kind === 'private'),
    state.networks.filter(({ kind }) => kind === 'public'),
  ];
  lay(privates, list('/network'), (network) => viewNetwork(state, network));
  lay(publics, list('/publicnetwork'), (network) => viewPublicNetwork(state, network));
  const actions = exchanges
    .filter(({ path, status }) => status === 200 && /^\/server\/\d+\/action$/.test(path))
    .flatMap(({ body }) => rowsOf(body));
  lay(state.actions, actions, viewAction);
  const views = viewAccount(state, 0);
  const wires = {
    account: overlayOf(views.account, account, { always: ['BalanceTillDateUtc'] }),
    balance: balance === undefined ? undefined : overlayOf({ value: views.balance }, { value: balance }),
    project: project === undefined ? undefined : overlayOf({ value: views.project }, { value: project }),
  };
  state.account.wire = Object.fromEntries(Object.entries(wires).flatMap(([name, wire]) => (wire === undefined ? [] : [[name, wire]])));
}
