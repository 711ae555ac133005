import * as z from 'zod';
import { t } from '#schemas/text/text.ts';
import { SandboxProblem } from '../errors/sandbox-problem.ts';
import { createLink, freeAddress } from '../store/addresses.ts';
import { type StoredServer, storedServer, type TaskWork } from '../store/state-schema.ts';
import { enqueueServerTask } from '../tasks/enqueue-task.ts';
import type { SandboxContext } from '../context/sandbox-context.ts';
import { findNetworkOf } from './find-object.ts';
import { readValues, textDisk, textInt, textMemory, textSwitch } from './read-values.ts';

/** What can be set of a server; hardware is not checked against the documented ranges, since panels offer more than documentation says. */
const shape = {
  name: z.string().min(1).optional(),
  cpu: textInt.optional(),
  ram: textMemory.optional(),
  disk: textDisk.optional(),
  disk_type: z.enum(['SSD', 'SAS']).optional(),
  pool: z.enum(['base', 'high']).optional(),
  power: textSwitch.optional(),
  state: storedServer.shape.state.optional(),
  image: z.string().min(1).optional(),
  dc: z.string().min(1).optional(),
  ip: z.union([z.ipv4(), z.literal('')]).optional(),
  user: z.string().optional(),
  /** Networks by name or id, separated by commas; `none`: no private one. */
  networks: z.string().min(1).optional(),
  link: z.string().min(1).optional(),
  unlink: z.string().min(1).optional(),
};

/**
 * Changes a server as a person in the panel does. Names, states and links are there at once. Power and hardware go to the host like an
 * order of the API, without its delay, behind whatever the server is busy with. Throws {@link SandboxProblem} `bad-panel`; then nothing
 * has changed.
 */
export const changeServer = (context: SandboxContext, server: StoredServer, values: Readonly<Record<string, string>>): void => {
  const wanted = readValues(values, shape);
  const links = linksAfter(context, server, wanted);
  if (wanted.ip !== undefined && sharedLinkOf(server) === undefined) {
    throw new SandboxProblem('bad-panel', t('Server {0} has no public address yet.', server.name));
  }
  if (wanted.name !== undefined) server.name = wanted.name;
  if (wanted.state !== undefined) server.state = wanted.state;
  if (wanted.image !== undefined) setImage(context, server, wanted.image);
  if (wanted.dc !== undefined) server.dc = wanted.dc;
  if (wanted.user !== undefined) server.adminUser = wanted.user === '' ? null : wanted.user;
  server.links = links();
  if (wanted.ip !== undefined) setAddress(server, wanted.ip);
  const hardware = {
    cpu: wanted.cpu ?? server.cpu,
    ram: wanted.ram ?? server.ram,
    hdd: wanted.disk ?? server.hdd,
    hddType: wanted.disk_type ?? server.hddType,
    isHighPerformance: wanted.pool === undefined ? server.isHighPerformance : wanted.pool === 'high',
  };
  const isResized = Object.entries(hardware).some(([field, value]) => server[field as keyof typeof hardware] !== value);
  if (isResized) order(context, server, { kind: 'resize', ...hardware }, 'Resize');
  if (wanted.power !== undefined) order(context, server, { kind: 'power', on: wanted.power }, wanted.power ? 'PowerOn' : 'PowerOff');
};

const newShape = z.object(shape).omit({ name: true, ip: true, unlink: true }).shape;

/** What can be set of a new server: its name is given apart, and its address is chosen by the data centre. */
export const readNewServer = (values: Readonly<Record<string, string>>) => readValues(values, newShape);

/** Queues an order of the panel; it is carried out at once unless the server is busy. */
export const order = (context: SandboxContext, server: StoredServer, work: TaskWork, type: string): void => {
  enqueueServerTask(context, { subject: { kind: 'server', id: server.id }, work, durationMs: 0 }, type);
};

/** Finds every network first, so that a wrong name changes nothing. */
function linksAfter(
  { state }: SandboxContext,
  server: StoredServer,
  { networks, link, unlink }: { networks?: string | undefined; link?: string | undefined; unlink?: string | undefined },
): () => StoredServer['links'] {
  const find = (names: string | undefined) =>
    (names ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '')
      .map((name) => findNetworkOf(state, name));
  const only = networks === undefined ? undefined : find(networks === 'none' ? '' : networks);
  const added = [...(only ?? []), ...find(link)];
  const removed = new Set(find(unlink).map(({ id }) => id));
  const keeps = ({ networkId, type }: StoredServer['links'][number]): boolean =>
    type === 'PublicShared' || (!removed.has(networkId) && (only === undefined || only.some(({ id }) => id === networkId)));
  return () => {
    const links = server.links.filter(keeps);
    for (const network of added) {
      if (links.some(({ networkId }) => networkId === network.id)) continue;
      links.push(createLink(state, network, freeAddress(state, network), network.bandwidth));
    }
    return links;
  };
}

function setImage({ state }: SandboxContext, server: StoredServer, name: string): void {
  const image = state.images.find((one) => one.name === name);
  server.image = name;
  if (image !== undefined) server.imageFamily = image.family;
}

const sharedLinkOf = (server: StoredServer) => server.links.find(({ type }) => type === 'PublicShared');

/** The main address; `''` takes it away with its link. */
function setAddress(server: StoredServer, ip: string): void {
  const shared = sharedLinkOf(server);
  if (shared === undefined) return;
  if (ip === '') server.links = server.links.filter((link) => link !== shared);
  else shared.ip = ip;
}
