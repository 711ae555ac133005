import * as z from 'zod';
import { t } from '#schemas/text/text.ts';
import { SandboxProblem } from '../errors/sandbox-problem.ts';
import { takeId } from '../store/counters.ts';
import type { StoredKey, StoredNetwork, StoredServer } from '../store/state-schema.ts';
import { newServer } from '../routes/create-server.ts';
import type { SandboxContext } from '../context/sandbox-context.ts';
import { changeServer, order, readNewServer } from './change-server.ts';
import { readValues, textSwitch } from './read-values.ts';

const DEFAULT_IMAGE = 'Ubuntu20.04x64';
const DEFAULT_DATA_CENTRE = 'SdnSpb';
/** A key of the right form that belongs to nobody. */
const SOME_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHNhbmRib3gga2V5IG9mIG5vYm9keSBhdCBhbGwhISE= panel';
/** Mbit/s in the price of every server. */
const FREE_BANDWIDTH = 10;

/** A server ordered in the panel; it is made without delay. Throws {@link SandboxProblem} `bad-panel`. */
export const createServerInPanel = (context: SandboxContext, name: string, values: Readonly<Record<string, string>>): StoredServer => {
  const { image: imageName = DEFAULT_IMAGE, dc: dcName = DEFAULT_DATA_CENTRE, ...wanted } = readNewServer(values);
  const image = context.state.images.find((one) => one.name === imageName);
  const dc = context.state.dataCentres.find((one) => one.techTitle === dcName);
  if (image === undefined) throw missing(imageName);
  if (dc === undefined) throw missing(dcName);
  const hardware = {
    cpu: wanted.cpu ?? 1,
    ram: wanted.ram ?? 1024,
    hdd: wanted.disk ?? Math.max(20, image.hdd),
    hddType: wanted.disk_type ?? ('SSD' as const),
    isHighPerformance: wanted.pool === 'high',
  };
  const server = newServer(context, name, dc, image, hardware, []);
  const later = Object.fromEntries(Object.entries(values).filter(([key]) => ['state', 'user', 'networks', 'link'].includes(key)));
  try {
    changeServer(context, server, later);
  } catch (error) {
    context.state.servers = context.state.servers.filter((one) => one !== server);
    throw error;
  }
  if (server.state !== 'New') return server;
  order(context, server, { kind: 'create', bandwidth: FREE_BANDWIDTH }, 'Create');
  if (wanted.power === false) order(context, server, { kind: 'power', on: false }, 'PowerOff');
  return server;
};

/** A private network made in the panel; it is there at once. */
export const createNetworkInPanel = (context: SandboxContext, name: string, values: Readonly<Record<string, string>>): StoredNetwork => {
  const { dc = DEFAULT_DATA_CENTRE, dhcp = false } = readValues(values, { dc: z.string().optional(), dhcp: textSwitch.optional() });
  if (!context.state.dataCentres.some((one) => one.techTitle === dc)) throw missing(dc);
  const id = takeId(context.state, 'network');
  const network: StoredNetwork = { id, kind: 'private', name, state: 'Active', dhcp, dc, index: id - 51_000, bandwidth: 0, capacity: '' };
  context.state.networks.push(network);
  return network;
};

/** A key added in the panel. */
export const createKeyInPanel = (context: SandboxContext, title: string, values: Readonly<Record<string, string>>): StoredKey => {
  const { public_key: publicKey = SOME_KEY } = readValues(values, { public_key: z.string().min(1).optional() });
  const key = { id: takeId(context.state, 'key'), title, publicKey };
  context.state.keys.push(key);
  return key;
};

function missing(name: string): SandboxProblem {
  return new SandboxProblem('bad-panel', t('The sandbox has no "{0}".', name));
}
