import type { ExpandedEntry } from '#core/infra/expand/expanded-infra.ts';
import type { Address } from '#schemas/infra/names.ts';
import type { ActualServer } from '#schemas/state/actual.ts';

/** A server that playbooks can run on: it exists, is on, and has an address. */
export interface DeployTarget {
  readonly address: Address;
  /** Name of the server, and of the host in the inventory. */
  readonly name: string;
  readonly entry: ExpandedEntry;
  readonly server: ActualServer;
  readonly ip: string;
  readonly port: number;
  readonly user: string;
  /** Path of the private key, where the file's public one leads to it. */
  readonly keyFile?: string;
}

/** Why a server of the file cannot be deployed to. */
export interface Unreached {
  readonly address: Address;
  readonly why: 'absent' | 'off' | 'no-ip' | 'not-active';
}
