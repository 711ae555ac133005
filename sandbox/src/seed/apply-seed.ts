import { t } from '#schemas/text/text.ts';
import { defaultDataCentres } from '../catalog/data-centres.ts';
import { defaultImages } from '../catalog/images.ts';
import { createNoneBackend } from '../hosts/backend/none-backend.ts';
import { adminUserOf, toHostRequest } from '../hosts/backend/host-backend.ts';
import { createLink, freeAddress, sharedNetworkOf } from '../store/addresses.ts';
import { firstCounters, takeId } from '../store/counters.ts';
import { createPassword } from '../store/password.ts';
import type { SandboxState, StoredServer } from '../store/state-schema.ts';
import { SandboxProblem } from '../errors/sandbox-problem.ts';
import type { Seed, SeedServer } from './seed-schema.ts';

/**
 * The first state of a sandbox. Seeded servers are there at once, without tasks; their addresses are those the `none` backend would
 * give. Throws {@link SandboxProblem} when a server names an image, data centre, network or key that the seed does not have.
 */
export const applySeed = (seed: Seed, nowMs: number, random: () => number): SandboxState => {
  const state: SandboxState = {
    version: 1,
    savedMs: nowMs,
    counters: { ...firstCounters },
    account: {
      id: 1001,
      projectId: 2001,
      firstName: seed.account.first_name,
      lastName: seed.account.last_name,
      email: seed.account.email,
      balance: seed.balance,
    },
    dataCentres: seed.data_centres === undefined ? defaultDataCentres.map((dc) => ({ ...dc })) : seed.data_centres.map(toDataCentre),
    images: seed.images === undefined ? defaultImages.map((image) => ({ ...image })) : seed.images.map(toImage),
    servers: [],
    actions: [],
    networks: [],
    keys: [],
    tasks: [],
    replay: {},
  };
  for (const { title, public_key } of seed.ssh_keys) state.keys.push({ id: takeId(state, 'key'), title, publicKey: public_key });
  for (const network of seed.networks) {
    const id = takeId(state, 'network');
    const dc = requireNamed(state.dataCentres, 'techTitle', network.dc).techTitle;
    const { name, dhcp } = network;
    state.networks.push({ id, kind: 'private', name, state: 'Active', dhcp, dc, index: id - 51_000, bandwidth: 0, capacity: '' });
  }
  for (const server of seed.servers) addServer(state, server, nowMs, random);
  return state;
};

function addServer(state: SandboxState, seed: SeedServer, nowMs: number, random: () => number): void {
  const image = requireNamed(state.images, 'name', seed.image);
  const isActive = seed.state !== 'NeedMoney';
  const server: StoredServer = {
    id: takeId(state, 'server'),
    name: seed.name,
    state: seed.state,
    isPowerOn: isActive && seed.power === 'on',
    cpu: seed.cpu,
    ram: seed.ram,
    hdd: seed.disk,
    hddType: seed.disk_type,
    isHighPerformance: seed.pool === 'high',
    dc: requireNamed(state.dataCentres, 'techTitle', seed.dc).techTitle,
    image: image.name,
    imageFamily: image.family,
    adminUser: null,
    adminPassword: null,
    links: [],
    keyIds: seed.ssh_keys.map((title) => requireNamed(state.keys, 'title', title).id),
    createdMs: nowMs,
  };
  state.servers.push(server);
  if (!isActive) return;
  server.adminUser = adminUserOf(server);
  server.adminPassword = createPassword(random);
  const address = createNoneBackend().start(toHostRequest(server, [], server.adminPassword));
  if (!(address instanceof Promise)) server.links.push(createLink(state, sharedNetworkOf(state, server.dc), address.ip, 10));
  for (const name of seed.networks) {
    const network = requireNamed(state.networks, 'name', name);
    if (network.dc !== server.dc)
      throw new SandboxProblem('bad-seed', t('Server {0} and network {1} are in different data centers.', server.name, name));
    server.links.push(createLink(state, network, freeAddress(state, network), network.bandwidth));
  }
}

function toDataCentre(dc: NonNullable<Seed['data_centres']>[number], index: number): SandboxState['dataCentres'][number] {
  return {
    id: index + 1,
    title: dc.title ?? dc.tech_title,
    techTitle: dc.tech_title,
    shortTitle: dc.short_title ?? dc.tech_title,
    country: dc.country,
    city: dc.city,
    lowPool: dc.low_pool,
    highPool: dc.high_pool,
    backup: dc.backup,
    ssdOnly: dc.ssd_only,
    sharedNetworkId: 274 + index,
  };
}

function toImage(image: NonNullable<Seed['images']>[number]): SandboxState['images'][number] {
  const { id, name, display_name: displayName = name, family, system, disk } = image;
  return { id, name, displayName, family, dc: '', hdd: disk, system, type: 'GoldServer' };
}

function requireNamed<Item, Key extends keyof Item>(items: readonly Item[], key: Key, name: Item[Key] & string): Item {
  const found = items.find((item) => item[key] === name);
  if (found === undefined) throw new SandboxProblem('bad-seed', t('The seed names "{0}", which is not there.', name));
  return found;
}
