import type { ExpandedInfra, ExpandedServer } from '#core/infra/expand/expanded-infra.ts';
import { splitAddress } from '#schemas/infra/names.ts';
import type { ActualServer } from '#schemas/state/actual.ts';
import type { Ledger } from '#schemas/state/ledger.ts';
import { matchObjects, recordedIds } from '../plan/match-objects.ts';
import type { DeployTarget, Unreached } from './deploy-target.ts';

/** What decides how a host is reached, beside its server. */
export interface ReachOptions {
  /** Instead of the server's own administrator. */
  readonly user?: string;
  /** Private key for every host, instead of those the file's keys lead to. */
  readonly keyFile?: string;
  /** Path of the private key that belongs to a name of `ssh_keys`; undefined when there is none on this machine. */
  keyFileOf(keyName: string): string | undefined;
}

/** Port of SSH where `ansible_port` in `vars` says nothing else. */
const SSH_PORT = 22;

/**
 * Servers of the file that playbooks can run on, in the order of the file, and those they cannot. A server is found by its
 * recorded id, else by its name, as the plan does it.
 */
export function findTargets(
  expanded: ExpandedInfra,
  servers: readonly ActualServer[],
  ledger: Ledger,
  options: ReachOptions,
): { readonly targets: readonly DeployTarget[]; readonly unreached: readonly Unreached[] } {
  const declared = expanded.servers.map(({ address, name, entry }) => ({
    address,
    name,
    ...(entry.entry.id === undefined ? {} : { adoptId: entry.entry.id }),
  }));
  // What is recorded and not listed is not reached; a namesake is another host.
  const matches = matchObjects(
    declared,
    servers,
    recordedIds(Object.values(ledger.entries), 'server', () => ({ kind: 'unknown', doubt: { kind: 'unanswered', code: 'not-found' } })),
  );
  const targets: DeployTarget[] = [];
  const unreached: Unreached[] = [];
  for (const item of expanded.servers) {
    const match = matches.get(item.address);
    const server = match?.kind === 'recorded' || match?.kind === 'adopt' ? match.remote : undefined;
    const why = judge(server);
    if (why !== undefined || server?.ip === undefined) unreached.push({ address: item.address, why: why ?? 'no-ip' });
    else targets.push(toTarget(item, server, server.ip, options));
  }
  return { targets, unreached };
}

function judge(server: ActualServer | undefined): Unreached['why'] | undefined {
  if (!server) return 'absent';
  if (server.state !== 'active') return 'not-active';
  if (!server.isPowerOn) return 'off';
  return server.ip === undefined || server.ip === '' ? 'no-ip' : undefined;
}

function toTarget({ address, name, entry }: ExpandedServer, server: ActualServer, ip: string, options: ReachOptions): DeployTarget {
  const { ansible_host: host, ansible_port: port, ansible_user: user } = entry.values.vars ?? {};
  const keyFile = options.keyFile ?? entry.values.ssh_keys?.map((key) => options.keyFileOf(key)).find((path) => path !== undefined);
  return {
    address,
    name: splitAddress(address).name || name,
    entry,
    server,
    // The user's own variables of Ansible win: a jump host or another port is theirs to name.
    ip: typeof host === 'string' ? host : ip,
    port: typeof port === 'number' && Number.isInteger(port) ? port : SSH_PORT,
    user: options.user ?? (typeof user === 'string' ? user : (server.adminUser ?? 'root')),
    ...(keyFile === undefined ? {} : { keyFile }),
  };
}
