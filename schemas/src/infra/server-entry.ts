import * as z from 'zod';
import { doc } from '../text/text.ts';
import { hardwareFields, pool } from './hardware.ts';
import { appDelivery, playbookReference, vars } from './playbooks.ts';

/** Days between backups that the provider offers (API reference: BackupPeriod). */
export const backupPeriods = [7, 14, 21, 28] as const;

/** Port of node_exporter, unless an entry says otherwise. */
export const AGENT_PORT = 9100;

const dc = z.string().min(1).meta(doc('Data centre: public title, short title or technical name.'));
const image = z
  .union([z.string().min(1), z.int().positive()])
  .transform(String)
  .meta(doc('Operating system image: display name, technical name or id. `ict catalog images` lists them.'));
const sshKeys = z.array(z.string().min(1)).meta(doc('Names from `ssh_keys`. The provider installs them at creation only.'));

const backup = z
  .union([z.literal('off'), z.strictObject({ period: z.literal(backupPeriods).meta(doc('Days between backups: 7, 14, 21 or 28.')) })])
  .meta(doc('Backups by the provider, or `off`. Written at creation only: the API can neither read nor change it later.'));

const monitoring = z
  .strictObject({
    agent: z.boolean().optional().meta(doc('Install node_exporter after creation. Default true.')),
    transport: z.enum(['ssh', 'http']).optional().meta(doc('How metrics are read: through SSH (default), or directly by HTTP.')),
    port: z.int().min(1).max(65_535).optional().meta(doc('Port of node_exporter. Default 9100.')),
    sources: z.array(z.string().min(1)).optional().meta(doc('Addresses that may read metrics by HTTP.')),
  })
  .meta(doc('Metrics agent of the server.'));

/** Fields that `defaults` and a server entry share. */
const inherited = {
  dc: dc.optional(),
  pool: pool.optional(),
  image: image.optional(),
  disk_type: hardwareFields.disk_type.optional(),
  size: z.string().min(1).optional().meta(doc('Name from `sizes`. A hardware field here wins over the size.')),
  cpu: hardwareFields.cpu.optional(),
  ram: hardwareFields.ram.optional(),
  disk: hardwareFields.disk.optional(),
  ssh_keys: sshKeys.optional(),
  networks: z.array(z.string().min(1)).optional().meta(doc('Private networks the server is linked to: names from `networks`.')),
  power: z.enum(['on', 'off']).optional().meta(doc('Power state the server shall have: `on` (default) or `off`.')),
  playbooks: z.array(playbookReference).optional().meta(doc('Playbooks that set the server up, in order.')),
  vars: vars.optional(),
  backup: backup.optional(),
  monitoring: monitoring.optional(),
} as const;

/** `defaults`: every server inherits these. */
export const defaultsEntry = z.strictObject(inherited).meta(doc('Values every server inherits unless it says otherwise.'));

/** One entry of `servers`: one server, or `count` equal ones. */
export const serverEntry = z
  .strictObject({
    ...inherited,
    count: z.int().min(0).max(1000).optional().meta(doc('How many equal servers: `NAME-1` … `NAME-N`. Lowering it deletes servers.')),
    id: z.int().positive().optional().meta(doc('Id of an existing server to adopt, where its name alone is ambiguous.')),
    app: appDelivery.optional(),
    protect: z
      .boolean()
      .optional()
      .meta(doc('The server may not be deleted or replaced. Outlives the removal of this line: lift it with `ict unprotect`.')),
  })
  .meta(doc('A server, or with `count` several equal ones. Its name is also an Ansible group.'));

export type ServerEntry = z.output<typeof serverEntry>;
export type DefaultsEntry = z.output<typeof defaultsEntry>;
