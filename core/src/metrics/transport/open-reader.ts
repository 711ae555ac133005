import { mkdtemp, rm } from 'node:fs/promises';
import { Agent } from 'node:http';
import { join } from 'node:path';
import type { Address } from '#schemas/infra/names.ts';
import { getPage } from './get-page.ts';
import type { MetricsEndpoint, MetricsTarget, ReadPage } from './metrics-target.ts';
import { ReadError } from './read-error.ts';
import { openSshTunnel, type SshTunnel } from './ssh-tunnel.ts';

export interface ReaderOptions {
  /** Folder for sockets; short, since the path of a socket has at most 107 bytes. */
  readonly temporaryFolder: string;
  /** What ssh is started with. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Reads pages by HTTP and through SSH, over connections that are kept. */
export interface PageReader {
  readonly read: ReadPage;
  /** Ends the connections to all other servers: one that lives on would lead to a server that is gone. */
  keepOnly(addresses: ReadonlySet<Address>): Promise<void>;
  /** Ends all connections. Looks in progress fail. */
  close(): Promise<void>;
}

/** Longer than any usual interval, so that a look needs no new connection. */
const KEEP_ALIVE_MS = 90_000;

export function openPageReader({ temporaryFolder, environment }: ReaderOptions): PageReader {
  const agent = new Agent({ keepAlive: true, keepAliveMsecs: KEEP_ALIVE_MS, maxSockets: 1, maxFreeSockets: Number.MAX_SAFE_INTEGER });
  const tunnels = new Map<Address, { readonly endpoint: string; readonly opened: Promise<SshTunnel> }>();
  let folder: Promise<string> | undefined;
  let sockets = 0;

  const drop = async (address: Address): Promise<void> => {
    const tunnel = tunnels.get(address);
    tunnels.delete(address);
    await tunnel?.opened.then(
      ({ close }) => close(),
      () => undefined,
    );
  };
  const open = async (endpoint: Extract<MetricsEndpoint, { kind: 'ssh' }>, signal: AbortSignal): Promise<SshTunnel> => {
    folder ??= mkdtemp(join(temporaryFolder, 'ict-m-'));
    return openSshTunnel(endpoint, join(await folder, `${++sockets}`), environment, signal);
  };
  const reach = async (address: Address, endpoint: Extract<MetricsEndpoint, { kind: 'ssh' }>, signal: AbortSignal): Promise<SshTunnel> => {
    const key = JSON.stringify(endpoint);
    const known = tunnels.get(address);
    const tunnel = await known?.opened.catch(() => undefined);
    // Another key or another user: a connection that lives on would skip the check.
    if (known && tunnel && known.endpoint === key && !tunnel.hasEnded()) return tunnel;
    await drop(address);
    const opened = open(endpoint, signal);
    tunnels.set(address, { endpoint: key, opened });
    return opened;
  };
  const read = async ({ address, endpoint }: MetricsTarget, signal: AbortSignal): Promise<string> => {
    switch (endpoint.kind) {
      case 'http':
        return getPage({ host: endpoint.host, port: endpoint.port }, agent, signal);
      case 'ssh': {
        const { socketPath, hasEnded } = await reach(address, endpoint, signal);
        try {
          return await getPage({ socketPath }, agent, signal);
        } catch (error) {
          const isGone = hasEnded() || !(error instanceof ReadError) || error.code === 'unreachable';
          if (isGone) await drop(address);
          throw isGone && error instanceof ReadError ? new ReadError('unreachable', error.message, error) : error;
        }
      }
      default:
        return endpoint satisfies never;
    }
  };
  return {
    read,
    keepOnly: async (addresses) => {
      await Promise.all([...tunnels.keys()].filter((address) => !addresses.has(address)).map(drop));
    },
    close: async () => {
      agent.destroy();
      await Promise.all([...tunnels.keys()].map(drop));
      if (folder) await rm(await folder, { recursive: true, force: true });
    },
  };
}
