import type { Text } from '#schemas/text/text.ts';
import type { StoredServer } from '../../store/state-schema.ts';

/** What a backend is told about a server. */
export interface HostRequest {
  readonly serverId: number;
  readonly name: string;
  readonly image: string;
  readonly adminUser: string;
  readonly adminPassword: string;
  /** Public-key lines to be let in as the admin user. */
  readonly publicKeys: readonly string[];
  readonly cpu: number;
  readonly ramMb: number;
  readonly hddGb: number;
  /** The address it had before; undefined on the first start. Addresses survive restarts and rebuilds. */
  readonly address: string | undefined;
}

/** A host's address: loopback always, since the sandbox touches nothing else. */
export interface HostAddress {
  readonly ip: string;
}

/** A TCP port of a host that can be reached at its address; `outside` differs where this user may not listen on the same. */
export interface HostPort {
  readonly inside: number;
  readonly outside: number;
}

/** How a host is reached over SSH and known again: all that an inventory or a line of `known_hosts` needs. */
export interface HostFacts {
  readonly serverId: number;
  readonly ip: string;
  readonly port: number;
  /** Whom its public keys let in. */
  readonly user: string;
  /** `ssh-ed25519 AAAA…`; undefined until it has been up once. */
  readonly hostKey: string | undefined;
  readonly isUp: boolean;
  /** What can be reached besides SSH at this moment. */
  readonly ports: readonly HostPort[];
  /** Why it is not up although it should be. */
  readonly problem: Text | undefined;
}

/** Hears that a host is off, or on, without having been told to. */
export type PowerListener = (serverId: number, isOn: boolean) => void;

/**
 * Machines behind the sandbox's servers. A server's task is done only when the backend's promise is; a plain value is done at
 * once, which keeps instant mode instant. Every call may be repeated after a restart of the sandbox, with the same outcome.
 * A rejection fails the task.
 */
export interface HostBackend {
  readonly name: string;
  /** Makes the host when there is none, and switches it on. */
  start(host: HostRequest): HostAddress | Promise<HostAddress>;
  /** Switches it off; `soft` asks the guest first. */
  stop(serverId: number, soft: boolean): void | Promise<void>;
  reboot(serverId: number, soft: boolean): void | Promise<void>;
  /** Installs anew from `image` with new credentials; the address stays. */
  rebuild(host: HostRequest): HostAddress | Promise<HostAddress>;
  delete(serverId: number): void | Promise<void>;
  /** The hosts there are, by server id. Missing: the backend has none. */
  list?(): readonly HostFacts[];
  /**
   * Gives the listener for hosts that have switched themselves off (`poweroff`) or on again; called once, before anything else. Missing:
   * hosts never do.
   */
  watchPower?(listener: PowerListener): void;
  /** The sandbox stops: hosts go with it. */
  close(): void | Promise<void>;
}

/** What the backend needs to know of a stored server. */
export const toHostRequest = (server: StoredServer, publicKeys: readonly string[], password: string): HostRequest => ({
  serverId: server.id,
  name: server.name,
  image: server.image,
  adminUser: adminUserOf(server),
  adminPassword: password,
  publicKeys,
  cpu: server.cpu,
  ramMb: server.ram,
  hddGb: server.hdd,
  address: server.links.find((link) => link.type === 'PublicShared')?.ip,
});

/** `root`, or `Administrator` on Windows. */
export const adminUserOf = (server: StoredServer): string => (server.imageFamily === 'Windows' ? 'Administrator' : 'root');
