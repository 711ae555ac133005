import * as z from 'zod';
import { unsafeText } from './unsafe-text.ts';

/** A host name that Ansible can address: no spaces, brackets, colons or commas. */
const hostName = z.string().regex(/^[A-Za-z0-9._-]+$/);
/** Any other group name only makes Ansible warn, but a colon, a bracket or a space would split patterns. */
const groupName = z.string().regex(/^[A-Za-z0-9._-]+$/);
const variables = z.record(z.string(), z.unknown());

/** Variables that ict gives each host; whatever else stands there comes from `vars` of the infra file. */
export const inventoryHost = z
  .object({
    /** A plain text stands in the user's file; what the provider said is unsafe. */
    ansible_host: z.union([z.string().min(1), unsafeText]),
    ansible_port: z.int().min(1).max(65_535),
    ansible_user: z.union([z.string().min(1), unsafeText]),
    /** Path of the private key, where the public one in the infra file leads to it. */
    ansible_ssh_private_key_file: z.string().min(1).optional(),
    /** `server.web-1`. */
    ict_address: z.string(),
    /** Remote id. */
    ict_server_id: z.number(),
    /** The host's playbooks in their order: names of bundled ones, paths of others. */
    ict_playbooks: z.array(z.string()),
  })
  .catchall(z.unknown());
export type InventoryHost = z.output<typeof inventoryHost>;

const group = z.object({ hosts: z.record(hostName, z.null()).optional(), vars: variables.optional() });

/** An Ansible inventory in YAML's shape: `all` with its hosts, and one group for each server entry and each of `groups`. */
export const inventory = z.object({
  all: z.object({
    vars: variables,
    hosts: z.record(hostName, inventoryHost),
    children: z.record(groupName, group),
  }),
});
export type Inventory = z.output<typeof inventory>;
