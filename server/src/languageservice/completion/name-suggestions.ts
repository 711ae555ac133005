import { CompletionItemKind } from 'vscode-languageserver-types';
import { listInstances } from '#core/infra/expand/expand-entry.ts';
import { t, verbatim, type Text } from '#schemas/text/text.ts';
import { joinTexts, listHardware } from '../schema/hardware-text.ts';
import type { Suggestion, SuggestionPlace } from './suggestion.ts';

/** More names than this are cut to those that fit what is typed: nobody scrolls through thousands. */
export const MAX_NAMES = 200;

/** Names of sizes, with their hardware. */
export function suggestSizes({ document }: SuggestionPlace): readonly Suggestion[] {
  const sizes = document.analysis.definitions.infra.sizes ?? {};
  return document.analysis.entryNames('sizes').map((name) => {
    const size = Object.hasOwn(sizes, name) ? sizes[name] : undefined;
    return toName(name, CompletionItemKind.Struct, size && joinTexts(listHardware(size)));
  });
}

/** Names of keys, networks or channels. */
export const suggestEntries = ({ document }: SuggestionPlace, section: 'ssh_keys' | 'networks' | 'notify'): readonly Suggestion[] =>
  document.analysis.entryNames(section).map((name) => toName(name, CompletionItemKind.Reference, undefined));

/** Names that can be targets: groups, entries, and the single servers of an entry. */
export function suggestTargets({ document, cursor }: SuggestionPlace): {
  readonly suggestions: readonly Suggestion[];
  readonly isCut: boolean;
} {
  const typed = cursor.prefix.toLowerCase();
  const own = cursor.path[0] === 'groups' ? cursor.path[1] : undefined;
  const groups = document.analysis.entryNames('groups').filter((name) => name !== own);
  const entries = document.analysis.entryNames('servers');
  const isMany = groups.length + entries.length > MAX_NAMES;
  const fits = (name: string): boolean => !isMany || name.toLowerCase().includes(typed);
  const suggestions: Suggestion[] = groups.filter(fits).map((name) => toName(name, CompletionItemKind.Module, t('group')));
  for (const name of entries) {
    if (suggestions.length >= MAX_NAMES) break;
    if (!fits(name)) continue;
    suggestions.push(toName(name, CompletionItemKind.Class, t('server')));
    if (isMany) continue;
    const count = document.analysis.expandedOf(name)?.entry.count;
    if (count !== undefined && count <= 20)
      suggestions.push(
        ...listInstances(name, count).map((instance) => toName(instance, CompletionItemKind.Field, t('server of `{0}`', name))),
      );
  }
  return { suggestions: suggestions.slice(0, MAX_NAMES), isCut: isMany };
}

const toName = (name: string, kind: CompletionItemKind, detail: Text | undefined): Suggestion => ({
  label: name,
  kind,
  insert: { text: name },
  detail: detail ?? verbatim(''),
});
