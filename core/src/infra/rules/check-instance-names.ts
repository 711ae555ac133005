import { createDiagnostic } from '#core/diagnostics/create-diagnostic.ts';
import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { t } from '#schemas/text/text.ts';
import type { ExpandedEntry } from '../expand/expanded-infra.ts';
import type { Rule } from './rule.ts';

/** Longest name of a server. */
export const MAX_NAME_LENGTH = 50;

/** After `count` is applied each server has a name of its own, not longer than 50 characters. */
export const checkInstanceNames: Rule = ({ entries }) => {
  const owners = new Map<string, ExpandedEntry>();
  return entries.flatMap((entry) => {
    const taken = entry.instances.find((name) => owners.has(name));
    const owner = taken === undefined ? undefined : owners.get(taken);
    for (const name of entry.instances) if (!owners.has(name)) owners.set(name, entry);
    return [...(taken !== undefined && owner ? [createDuplicate(taken, entry, owner)] : []), ...checkLength(entry)];
  });
};

const createDuplicate = (name: string, entry: ExpandedEntry, owner: ExpandedEntry): Diagnostic =>
  createDiagnostic('duplicate-server-name', {
    detail: t('Both `{0}` and `{1}` make a server `{2}`. Rename one of the entries.', owner.name, entry.name, name),
    source: entry.source,
    address: `servers.${entry.name}`,
    related: [{ source: owner.source, text: t('The other entry is here.') }],
  });

function checkLength(entry: ExpandedEntry): readonly Diagnostic[] {
  const longest = entry.instances.at(-1);
  if (longest === undefined || longest.length <= MAX_NAME_LENGTH) return [];
  const detail = t('The name `{0}` has {1} characters; at most 50 are allowed. Shorten the name of the entry.', longest, longest.length);
  return [createDiagnostic('server-name-too-long', { detail, source: entry.source, address: `servers.${entry.name}` })];
}
