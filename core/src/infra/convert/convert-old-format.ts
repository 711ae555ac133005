import { stringify } from 'yaml';
import { targetName } from '#schemas/infra/names.ts';
import type { OldInfraFile, OldTemplate } from '#schemas/infra/old-format.ts';
import { t, type Text } from '#schemas/text/text.ts';
import { formatInfraText } from '../format/format-infra-text.ts';

/** A converted file, and what its owner must look at. */
export interface Conversion {
  readonly text: string;
  readonly remarks: readonly Text[];
}

/** Folder in which the earlier ict kept playbooks. */
const PLAYBOOKS = 'templates/playbooks';

/**
 * An infra file of format 1 that declares the servers of an old file. Every server keeps its name (`Nginx_1`), so that the
 * first apply adopts what exists and creates nothing twice. `templates` holds the hardware files that were found; a server
 * whose file is missing gets no hardware, and that is remarked.
 *
 * The earlier ict deleted every server of the account that was not in its file. That is not carried over: it must be
 * written (`manage: account`).
 */
export function convertOldFormat(old: OldInfraFile, project: string, templates: ReadonlyMap<string, OldTemplate>): Conversion {
  const remarks: Text[] = [];
  const sizes: Record<string, unknown> = {};
  const servers: Record<string, unknown> = {};
  const groups: Record<string, unknown> = {};
  for (const [group, { VDC_options, Servers }] of Object.entries(old)) {
    const members: string[] = [];
    for (const [name, server] of Servers.flatMap((entry) => Object.entries(entry))) {
      const template = templates.get(server.template);
      if (template) sizes[server.template] = toSize(template);
      else remarks.push(t('The hardware of template `{0}` was not found: write `cpu`, `ram` and `disk` for {1}.', server.template, name));
      const instances = Array.from({ length: server.value }, (_, index) => `${name}_${index + 1}`);
      for (const instance of instances) {
        if (!targetName.safeParse(instance).success) remarks.push(t('`{0}` is no valid name of a server here.', instance));
        servers[instance] = {
          dc: VDC_options.DC,
          pool: VDC_options.pull === 'base' ? 'base' : 'high',
          ...(template ? { size: server.template, image: template.ImageID } : {}),
          playbooks: [{ path: `${PLAYBOOKS}/${server.playbook}.yml` }],
        };
      }
      members.push(...instances);
      // What the earlier ict called a group of its inventory.
      if (instances.length > 0) groups[name] = { servers: instances };
    }
    if (members.length > 0 && !(group in groups)) groups[group] = { servers: members };
  }
  remarks.push(
    t('Servers of the account that are not in this file are left alone. The earlier ict deleted them: `manage: account` does so again.'),
  );
  const value = { version: 1, project, sizes, servers, groups };
  const given = Object.fromEntries(Object.entries(value).filter(([, part]) => typeof part !== 'object' || Object.keys(part).length > 0));
  return { text: formatInfraText(stringify(given, { lineWidth: 0, aliasDuplicateObjects: false })).text, remarks };
}

const toSize = ({ CPU, RAM, HDD, HDDType }: OldTemplate) => ({
  cpu: CPU,
  ram: RAM % 1024 === 0 ? `${RAM / 1024} GB` : `${RAM} MB`,
  disk: `${HDD} GB`,
  // The earlier ict wrote HDD for what the provider calls SAS.
  disk_type: HDDType === 'HDD' ? 'SAS' : HDDType,
});
