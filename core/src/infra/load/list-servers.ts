import type { InfraFile } from '#schemas/infra/infra-file.ts';
import type { ServerEntry } from '#schemas/infra/server-entry.ts';

/** An entry of `servers` as it stands in the file, with its name. */
export type NamedServer = readonly [name: string, entry: ServerEntry];

const listed = new WeakMap<object, readonly NamedServer[]>();

/** Entries of `servers`, in the order of the file. Every rule goes through them, so the list of one file is made once. */
export function listServers({ servers }: Pick<InfraFile, 'servers'>): readonly NamedServer[] {
  if (!servers) return [];
  const list = listed.get(servers) ?? Object.entries(servers);
  listed.set(servers, list);
  return list;
}
