import * as z from 'zod';
import { doc } from '../text/text.ts';
import { sizeEntry } from './hardware.ts';
import { entryName, projectName, targetName } from './names.ts';
import { vars } from './playbooks.ts';
import { defaultsEntry, serverEntry } from './server-entry.ts';
import { alertEntry, notifyEntry, scheduleEntry } from './watching.ts';

/** Version of the infra file format that this ict reads and writes. */
export const INFRA_FORMAT = 1;

export const networkEntry = z
  .strictObject({
    dc: z
      .string()
      .min(1)
      .optional()
      .meta(
        doc('Data centre of the network; from `defaults` when left out. A server can be linked only to networks of its own data centre.'),
      ),
    dhcp: z.boolean().optional().meta(doc("Whether the provider's DHCP server answers in the network. Default true.")),
    id: z.int().positive().optional().meta(doc('Id of an existing network to adopt, where its name alone is ambiguous.')),
    protect: z.boolean().optional().meta(doc('The network may not be deleted.')),
  })
  .meta(doc('A private network.'));

export const sshKeyEntry = z
  .string()
  .min(1)
  .meta(doc('Path of a public key (`~` and paths relative to this file work), or the public key itself.'));

export const groupEntry = z
  .strictObject({
    servers: z.array(z.string().min(1)).meta(doc('Names of server entries, single instances or other groups.')),
    vars: vars.optional(),
  })
  .meta(doc('A named set of servers: a target of commands and an Ansible group.'));

const named = <T extends z.ZodType>(entry: T, documentation: ReturnType<typeof doc>) => z.record(entryName, entry).meta(documentation);

/** Sections that an included file may define. */
const shared = {
  defaults: defaultsEntry.optional(),
  sizes: named(sizeEntry, doc('Named hardware, taken by `size:`.')).optional(),
  ssh_keys: named(sshKeyEntry, doc('Public keys that servers get at creation.')).optional(),
  notify: named(notifyEntry, doc('Channels for alerts and schedules.')).optional(),
  include: z
    .array(z.string().min(1))
    .optional()
    .meta(
      doc(
        'Files with shared definitions: `sizes`, `ssh_keys`, `notify`, `defaults`. Later ones win over earlier ones, this file over all.',
      ),
    ),
} as const;

const version = z.literal(INFRA_FORMAT).meta(doc('Version of the file format. Always 1.'));

/** The infra file, format 1: the only definition. The JSON Schema and both reference pages are generated from it. */
export const infraFile = z
  .strictObject({
    version,
    project: projectName,
    ...shared,
    networks: named(networkEntry, doc('Private networks.')).optional(),
    servers: z.record(targetName, serverEntry).meta(doc('Servers, by name. The name is also an Ansible group.')).optional(),
    groups: z.record(targetName, groupEntry).meta(doc('Sets of servers across entries.')).optional(),
    alerts: named(alertEntry, doc('What is watched, and who is told.')).optional(),
    schedules: named(scheduleEntry, doc('What happens at planned times.')).optional(),
    limits: z
      .strictObject({
        max_deletes: z.int().min(0).optional().meta(doc('An apply that would delete more objects than this is refused. Default 1.')),
        monthly_budget: z.number().positive().optional().meta(doc('Roubles a month. An apply above it is refused. Needs `prices`.')),
      })
      .optional()
      .meta(doc('Limits that an apply may not pass.')),
    prices: z.string().min(1).optional().meta(doc('Path of a price table that you keep; the provider has no API for prices.')),
    manage: z
      .enum(['owned', 'account'])
      .optional()
      .meta(
        doc(
          '`owned` (default): ict touches only what is in the file. `account`: every server of the account that is not in the file is deleted.',
        ),
      ),
  })
  // No `id` here: it would move the whole schema below a reference.
  .meta({ title: '1cloud ict infra file', ...doc('Servers, networks and keys of one project at 1cloud.ru, format 1.') });

/** A file named by `include`: definitions only. */
export const infraFragment = z
  .strictObject({ version: version.optional(), ...shared })
  .meta(doc('Definitions shared between infra files.'));

export type InfraFile = z.output<typeof infraFile>;

/** Whether a file name is one of ours: `infra.yaml`, `infra.yml`, `*.infra.yaml`, `*.infra.yml`. */
export const isInfraFileName = (name: string): boolean => /(^|[\\/]|\.)infra\.ya?ml$/i.test(name);
