import { createDiagnostic } from '#core/diagnostics/create-diagnostic.ts';
import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { t } from '#schemas/text/text.ts';
import type { Rule } from '../scope/rule.ts';

/** Groups contain no cycle, and none has the name of a server entry or of one server. */
export const checkGroups: Rule = ({ infra, entries, locate }) => {
  const groups = infra.groups ?? {};
  if (Object.keys(groups).length === 0) return [];
  const owners = new Map(entries.flatMap(({ name, instances }) => [name, ...instances].map((owned) => [owned, name] as const)));
  const clashes = Object.keys(groups).flatMap((name) => {
    const owner = owners.get(name);
    if (owner === undefined) return [];
    return [
      createDiagnostic('group-name-clash', {
        detail: t('`{0}` is also the name of a server. Rename the group.', name),
        source: locate(['groups', name], 'key'),
        address: `groups.${name}`,
        related: [{ source: locate(['servers', owner], 'key'), text: t('The server is here.') }],
      }),
    ];
  });
  return [...clashes, ...findCycles(groups, new Set(owners.keys()), locate)];
};

type Groups = Readonly<Record<string, { readonly servers: readonly string[] }>>;

/** Each cycle once, at the member that closes it. */
function findCycles(groups: Groups, servers: ReadonlySet<string>, locate: Parameters<Rule>[0]['locate']): readonly Diagnostic[] {
  const done = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  const visit = (name: string, chain: readonly string[]): void => {
    if (done.has(name)) return;
    for (const [index, member] of (groups[name]?.servers ?? []).entries()) {
      // A name that servers have means the servers, wherever it stands.
      if (!Object.hasOwn(groups, member) || servers.has(member)) continue;
      const path = [...chain, name];
      if (path.includes(member)) {
        const cycle = [...path.slice(path.indexOf(member)), member].join(' → ');
        const source = locate(['groups', name, 'servers', index], 'value');
        diagnostics.push(
          createDiagnostic('group-cycle', { detail: t('The groups contain each other: {0}.', cycle), source, address: `groups.${name}` }),
        );
      } else visit(member, path);
    }
    done.add(name);
  };
  for (const name of Object.keys(groups)) visit(name, []);
  return diagnostics;
}
