import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import type { FileReader } from '#core/ports/files.ts';
import { toAddress } from '#schemas/infra/names.ts';
import type { LoadedDocuments } from '../load/load-documents.ts';
import { listServers } from '../load/list-servers.ts';
import { mergeDocuments, type MergedInfra } from '../load/merge-documents.ts';
import { createEntryExpander } from './expand-entry.ts';
import { expandGroups } from './expand-groups.ts';
import type { ExpandedInfra, ExpandedNetwork } from './expanded-infra.ts';
import { limitServers } from './limit-servers.ts';
import { readPublicKey } from './read-public-key.ts';

/** Everything that is known about a project once its files are read, with mistakes or without. */
export interface Expansion {
  readonly expanded: ExpandedInfra;
  readonly merged: MergedInfra;
  /** Problems of key files. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Merges the documents, fills in what is inherited, counts instances, reads the keys. */
export async function expandInfra(files: FileReader, file: string, loaded: LoadedDocuments): Promise<Expansion> {
  const merged = mergeDocuments(loaded.documents);
  const { infra, locate } = merged;
  const { kept } = limitServers(listServers(infra));
  const expand = createEntryExpander(infra, locate);
  const entries = kept.map(([name, entry]) => expand(name, entry));
  const readings = await Promise.all(
    Object.entries(infra.ssh_keys ?? {}).map(([name, value]) =>
      readPublicKey(files, {
        name,
        value,
        nameSource: locate(['ssh_keys', name], 'key'),
        valueSource: locate(['ssh_keys', name], 'value'),
      }),
    ),
  );
  const expanded: ExpandedInfra = {
    file,
    infra,
    entries,
    servers: entries.flatMap((entry) => entry.addresses.map((address, index) => ({ address, name: entry.instances[index] ?? '', entry }))),
    networks: expandNetworks(merged),
    keys: readings.flatMap(({ key }) => key ?? []),
    groups: expandGroups(infra, entries),
    files: [...loaded.files, ...readings.flatMap(({ file: keyFile }) => keyFile ?? [])],
    locate,
  };
  return { expanded, merged, diagnostics: readings.flatMap(({ diagnostics }) => diagnostics) };
}

function expandNetworks({ infra, locate }: MergedInfra): readonly ExpandedNetwork[] {
  return Object.entries(infra.networks ?? {}).map(([name, network]) => {
    const dc = network.dc ?? infra.defaults?.dc;
    const dcSource = locate(network.dc === undefined ? ['defaults', 'dc'] : ['networks', name, 'dc'], 'value');
    return {
      address: toAddress('network', name),
      name,
      ...(dc === undefined ? {} : { dc, dcSource }),
      dhcp: network.dhcp ?? true,
      isDhcpGiven: network.dhcp !== undefined,
      protect: network.protect ?? false,
      ...(network.id === undefined ? {} : { adoptId: network.id }),
      source: locate(['networks', name], 'key'),
    };
  });
}
