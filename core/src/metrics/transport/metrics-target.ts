import type { Address } from '#schemas/infra/names.ts';

/** How a server's page is read. */
export type MetricsEndpoint =
  /** Directly. */
  | { readonly kind: 'http'; readonly host: string; readonly port: number }
  /** Through SSH, from the host's own loopback. */
  | {
      readonly kind: 'ssh';
      /** Where SSH listens. */
      readonly host: string;
      readonly sshPort: number;
      /** Arguments of `ssh` up to and with the host: pinned keys, user, key file. */
      readonly sshArguments: readonly string[];
      /** Port of the agent. */
      readonly port: number;
    };

/** A server whose metrics are collected. */
export interface MetricsTarget {
  readonly address: Address;
  readonly endpoint: MetricsEndpoint;
}

/** Reads a target's page. Throws `ReadError`, or the signal's reason. */
export type ReadPage = (target: MetricsTarget, signal: AbortSignal) => Promise<string>;
