import { createDiagnostic } from '#core/diagnostics/create-diagnostic.ts';
import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { t } from '#schemas/text/text.ts';
import type { ExpandedEntry } from '../../expand/expanded-infra.ts';
import type { Rule } from '../scope/rule.ts';

/** Longest name of a server. */
export const MAX_NAME_LENGTH = 50;

/** A name as everything compares it that does not tell letters by their case: DNS, host names, file systems of macOS and Windows. */
export const foldName = (name: string): string => name.toLowerCase();

/** After `count` is applied each server has a name of its own, whatever the case of its letters, and not longer than 50 characters. */
export const checkInstanceNames: Rule = ({ entries }) => {
  const owners = new Map<string, ExpandedEntry>();
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
};

function createClash(name: string, entry: ExpandedEntry, other: ExpandedEntry): Diagnostic {
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

function checkLength(entry: ExpandedEntry): readonly Diagnostic[] {
  const longest = entry.instances.at(-1);
  if (longest === undefined || longest.length <= MAX_NAME_LENGTH) return [];
  const detail = t('The name `{0}` has {1} characters; at most 50 are allowed. Shorten the name of the entry.', longest, longest.length);
  return [createDiagnostic('server-name-too-long', { detail, source: entry.source, address: `servers.${entry.name}` })];
}
