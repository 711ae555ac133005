import { createDiagnostic } from '#core/diagnostics/create-diagnostic.ts';
import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { t } from '#schemas/text/text.ts';
import type { NamesRule } from '../scope/rule.ts';
import { foldName, MAX_NAME_LENGTH, type NamedEntry } from '../scope/server-names.ts';

/** After `count` is applied each server has a name of its own, whatever the case of its letters, and not longer than 50 characters. */
export const checkInstanceNames: NamesRule = { scope: 'names', reads: [], check: ({ names }) => findClashes(names.listSuspicious()) };

/** Clashes and too long names among some entries, in their order. */
export function findClashes(entries: readonly NamedEntry[]): readonly Diagnostic[] {
  const owners = new Map<string, NamedEntry>();
  return entries.flatMap((entry) => {
    const diagnostics: Diagnostic[] = [];
    for (const name of entry.instances) {
      const folded = foldName(name);
      const owner = owners.get(folded);
      if (!owner) owners.set(folded, entry);
      else if (owner !== entry && diagnostics.length === 0) diagnostics.push(createClash(name, entry, owner));
    }
    return [...diagnostics, ...checkLength(entry)];
  });
}

function createClash(name: string, entry: NamedEntry, other: NamedEntry): Diagnostic {
  const otherName = other.instances.find((candidate) => foldName(candidate) === foldName(name)) ?? name;
  return createDiagnostic('name-clash', {
    detail:
      name === otherName
        ? t('Both `{0}` and `{1}` make a server `{2}`. Rename one of the entries.', other.name, entry.name, name)
        : t(
            'The servers `{0}` and `{1}` differ in upper and lower case only: as host names they are one. Rename one of the entries.',
            otherName,
            name,
          ),
    source: entry.source,
    address: `servers.${entry.name}`,
    related: [{ source: other.source, text: t('The other entry is here.') }],
  });
}

function checkLength(entry: NamedEntry): readonly Diagnostic[] {
  const longest = entry.instances.at(-1);
  if (longest === undefined || longest.length <= MAX_NAME_LENGTH) return [];
  const detail = t('The name `{0}` has {1} characters; at most 50 are allowed. Shorten the name of the entry.', longest, longest.length);
  return [createDiagnostic('server-name-too-long', { detail, source: entry.source, address: `servers.${entry.name}` })];
}
