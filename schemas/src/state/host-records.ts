import * as z from 'zod';
import { address } from '../infra/names.ts';

/** Version of the file's format. */
export const HOSTS_FORMAT = 1;

/** What ict knows of one server's host beyond the provider's API. */
export const hostRecord = z.object({
  /** Remote id of the server it is about: another server at this address is another host. */
  serverId: z.number(),
  /** Where its SSH was reached. */
  ip: z.string(),
  port: z.number(),
  /** Public host keys as `ssh-keyscan` gives them, `ssh-ed25519 AAAA…`, sorted. */
  keys: z.array(z.string()),
  /** Playbook → what it was run with when it last ended well on this host. */
  deployed: z.record(z.string(), z.object({ run: z.string(), fingerprint: z.string() })),
});
export type HostRecord = z.output<typeof hostRecord>;

/** `.ict/PROJECT/hosts.json`: pinned host keys and what was deployed. No secret is in it; it belongs to the project like the ledger. */
export const hostRecords = z.object({ format: z.literal(HOSTS_FORMAT), hosts: z.record(address, hostRecord) });
export type HostRecords = z.output<typeof hostRecords>;

export const noHostRecords: HostRecords = { format: HOSTS_FORMAT, hosts: {} };
