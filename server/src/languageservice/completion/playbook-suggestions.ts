import { CompletionItemKind } from 'vscode-languageserver-types';
import { findText } from '../cursor/scanned.ts';
import { findVariable, listPlaybooks } from '../schema/find-variable.ts';
import { formatDefault } from '../values/format-default.ts';
import type { Suggestion, SuggestionPlace } from './suggestion.ts';

/** Playbooks that ict ships. */
export const suggestPlaybooks = ({ request }: SuggestionPlace): readonly Suggestion[] =>
  request.values.playbooks.map(({ name, summary }) => ({
    label: name,
    kind: CompletionItemKind.Module,
    insert: { text: name },
    detail: summary,
    data: { kind: 'playbook', name },
  }));

/** Tags of the bundled playbook that an item names. */
export function suggestTags({ cursor, request }: SuggestionPlace): readonly Suggestion[] {
  const name = findText(cursor.root, [...cursor.path.slice(0, -2), 'name']);
  const tags = request.values.playbooks.find((playbook) => playbook.name === name)?.tags ?? [];
  return tags.map((tag) => ({ label: tag, kind: CompletionItemKind.Constant, insert: { text: tag } }));
}

/** Variables of the bundled playbooks that the `vars` at a path are for: of one item, of a server, or of all. */
export function suggestVariables(place: SuggestionPlace): readonly Suggestion[] {
  const seen = new Set<string>();
  return listPlaybooks(place, place.cursor.path).flatMap(({ name: playbook, variables }) =>
    variables.flatMap((variable): readonly Suggestion[] => {
      if (seen.has(variable.name)) return [];
      seen.add(variable.name);
      return [
        {
          label: variable.name,
          kind: CompletionItemKind.Variable,
          insert: { text: variable.name },
          detail: variable.summary,
          data: { kind: 'variable', playbook, name: variable.name },
          isKey: true,
        },
      ];
    }),
  );
}

/** Values of a variable as far as its type, its choices or its default say them. */
export function suggestVariableValues(place: SuggestionPlace): readonly Suggestion[] {
  const { path } = place.cursor;
  const found = findVariable(place, path);
  if (!found) return [];
  const values = found.type === 'bool' ? ['true', 'false'] : (found.choices ?? [formatDefault(found) ?? []].flat());
  return values.map((value) => ({ label: value, kind: CompletionItemKind.Value, insert: { code: value } }));
}
