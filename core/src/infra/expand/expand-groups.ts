import type { Address } from '#schemas/infra/names.ts';
import type { InfraFile } from '#schemas/infra/infra-file.ts';
import type { ExpandedEntry } from './expanded-infra.ts';

/**
 * Entry and group names with the addresses of their servers, each once, in the order of the file. A group may hold
 * entries, single instances and other groups. Names that lead nowhere and cycles add nothing: rules report them.
 */
export function expandGroups({ groups = {} }: InfraFile, entries: readonly ExpandedEntry[]): Record<string, readonly Address[]> {
  // Without a prototype: an entry may be called `constructor`.
  const result: Record<string, readonly Address[]> = Object.create(null) as Record<string, readonly Address[]>;
  for (const { name, addresses } of entries) result[name] = addresses;
  const names = Object.keys(groups);
  if (names.length === 0) return result;
  const instances = new Map(entries.flatMap((entry) => entry.instances.map((name, index) => [name, entry.addresses[index]] as const)));
  const collect = (name: string, open: ReadonlySet<string>): readonly Address[] => {
    const done = result[name];
    if (done) return done;
    const instance = instances.get(name);
    if (instance) return [instance];
    const group = Object.hasOwn(groups, name) && !open.has(name) ? groups[name] : undefined;
    return group ? group.servers.flatMap((member) => collect(member, new Set([...open, name]))) : [];
  };
  for (const name of names) result[name] ??= [...new Set(collect(name, new Set()))];
  return result;
}
