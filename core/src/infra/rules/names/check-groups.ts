import { createDiagnostic } from '#core/diagnostics/create-diagnostic.ts';
import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { t } from '#schemas/text/text.ts';
import type { Locate } from '../../parse/position-tree.ts';
import type { NamesRule } from '../scope/rule.ts';
import type { ServerNames } from '../scope/server-names.ts';

/** Groups contain no cycle, and none has the name of a server entry or of one server. */
export const checkGroups: NamesRule = {
  scope: 'names',
  reads: ['groups'],
  check: ({ infra: { groups = {} }, names, locate }) => [...findNameClashes(groups, names, locate), ...findCycles(groups, names, locate)],
};

const findNameClashes = (groups: Groups, names: ServerNames, locate: Locate): readonly Diagnostic[] =>
  Object.keys(groups).flatMap((name) => {
    const owner = names.ownerOf(name);
    if (!owner) return [];
    return [
      createDiagnostic('group-name-clash', {
        detail: t('`{0}` is also the name of a server. Rename the group.', name),
        source: locate(['groups', name], 'key'),
        address: `groups.${name}`,
        related: [{ source: owner.source, text: t('The server is here.') }],
      }),
    ];
  });

type Groups = Readonly<Record<string, { readonly servers: readonly string[] }>>;

/** Each cycle once, at the member that closes it. */
function findCycles(groups: Groups, names: ServerNames, locate: Locate): readonly Diagnostic[] {
  const done = new Set<string>();
  const diagnostics: Diagnostic[] = [];
  const visit = (name: string, chain: readonly string[]): void => {
    if (done.has(name)) return;
    for (const [index, member] of (groups[name]?.servers ?? []).entries()) {
      // A name that servers have means the servers, wherever it stands.
      if (!Object.hasOwn(groups, member) || names.has(member)) continue;
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
