import { CompletionItemKind } from 'vscode-languageserver-types';
import type { ValuePath } from '#core/infra/parse/position-tree.ts';
import type { BundledPlaybook } from '#schemas/playbooks/bundled-playbooks.ts';
import type { PlaybookVariable } from '#schemas/playbooks/describe-variables.ts';
import { findNode, findText } from '../cursor/scanned.ts';
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

/** The bundled playbook's variable at a path below `vars`. */
export const findVariable = (
  place: Pick<SuggestionPlace, 'cursor' | 'request' | 'document'>,
  path: ValuePath,
): PlaybookVariable | undefined =>
  listPlaybooks(place, path.slice(0, -1))
    .flatMap(({ variables }) => variables)
    .find(({ name }) => name === path.at(-1));

function listPlaybooks(
  { cursor, request, document }: Pick<SuggestionPlace, 'cursor' | 'request' | 'document'>,
  varsPath: ValuePath,
): readonly BundledPlaybook[] {
  const owner = varsPath.slice(0, -1);
  const all = request.values.playbooks;
  if (owner.at(-2) === 'playbooks') {
    const name = findText(cursor.root, [...owner, 'name']);
    return all.filter((playbook) => playbook.name === name);
  }
  if (owner[0] !== 'servers') return all;
  const list = findNode(cursor.root, [...owner, 'playbooks']);
  const names =
    list?.kind === 'list'
      ? list.items.flatMap((item) => (item?.kind === 'scalar' ? item.text : (findText(item, ['name']) ?? [])))
      : (document.analysis.definitions.infra.defaults?.playbooks ?? []).flatMap((item) =>
          typeof item === 'string' ? item : (item.name ?? []),
        );
  const used = all.filter(({ name }) => names.includes(name));
  return used.length > 0 ? used : all;
}
