import type { ValuePath } from '#core/infra/parse/position-tree.ts';
import type { BundledPlaybook } from '#schemas/playbooks/bundled-playbooks.ts';
import type { PlaybookVariable } from '#schemas/playbooks/describe-variables.ts';
import type { Cursor } from '../cursor/find-cursor.ts';
import { findNode, findText } from '../cursor/scanned.ts';
import type { LanguageRequest } from '../language-request.ts';
import type { OpenDocument } from '../open-document.ts';

/** Where variables are looked for: a document around a cursor, and the playbooks that are known. */
interface VariablePlace {
  readonly document: OpenDocument;
  readonly cursor: Cursor;
  readonly request: LanguageRequest;
}

/** The bundled playbook's variable at a path below `vars`. */
export const findVariable = (place: VariablePlace, path: ValuePath): PlaybookVariable | undefined =>
  listPlaybooks(place, path.slice(0, -1))
    .flatMap(({ variables }) => variables)
    .find(({ name }) => name === path.at(-1));

/** The bundled playbooks whose variables the `vars` at a path are: of one item, of a server, or all. */
export function listPlaybooks({ cursor, request, document }: VariablePlace, varsPath: ValuePath): readonly BundledPlaybook[] {
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
