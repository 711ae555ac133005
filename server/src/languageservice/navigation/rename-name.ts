import type { Range, TextEdit, WorkspaceEdit } from 'vscode-languageserver-types';
import { MAX_NAME_LENGTH } from '#core/infra/rules/scope/server-names.ts';
import { entryName, targetName } from '#schemas/infra/names.ts';
import { t, type Text } from '#schemas/text/text.ts';
import type { TextPosition } from '../document/chunk-list.ts';
import type { NamedSection } from '../document/entry-names.ts';
import type { OpenDocument } from '../open-document.ts';
import {
  findDefinitionsOf,
  findNameAt,
  findUsesOf,
  innerRange,
  listScope,
  resolveTarget,
  type NameAt,
  type UseAt,
} from '../uses/find-uses.ts';

/** What an editor shows before it asks for a new name. */
export interface RenamePlace {
  readonly range: Range;
  readonly placeholder: string;
}

/** A change of files, or why there is none. */
export type Renaming = { readonly edit: WorkspaceEdit } | { readonly problem: Text };

/** Plain words and numbers that YAML would not read as text. */
const NEEDS_QUOTES = /^(?:true|false|null|\d+(?:[eE]-?\d+)?|0x[0-9a-f]+|0o[0-7]+)$/i;

/** The name under the cursor, if it is one that can be renamed. Of `web-1` only `web`: the number comes from `count`. */
export function prepareRename(document: OpenDocument, position: TextPosition): RenamePlace | undefined {
  const found = findRenameable(document, position);
  return found && { range: nameRange(found, found.name), placeholder: found.name };
}

/**
 * Renames the entry under the cursor wherever its name stands in a family of files. Names of its servers change with it:
 * `web-1` becomes `site-1`. Quotes stay; where YAML would not read the new name as text, it gets some.
 */
export function renameName(family: readonly OpenDocument[], document: OpenDocument, position: TextPosition, newName: string): Renaming {
  const found = findRenameable(document, position);
  if (!found) return { problem: t('There is no name here that can be renamed.') };
  const { kind, name } = found;
  if (newName === name) return { edit: { changes: {} } };
  const problem = findProblem(family, found, newName);
  if (problem) return { problem };
  const changes: Record<string, TextEdit[]> = {};
  for (const use of findUsesOf(listScope(family, document, kind), kind, name)) {
    (changes[use.document.uri] ??= []).push(toEdit(use, name, newName));
  }
  return { edit: { changes } };
}

type Renameable = NameAt & { readonly kind: NamedSection };

function findRenameable(document: OpenDocument, position: TextPosition): Renameable | undefined {
  const found = findNameAt(document, position);
  return found && isRenameable(found) ? found : undefined;
}

const isRenameable = (found: NameAt): found is Renameable => found.kind !== undefined && found.kind !== 'playbooks';

function findProblem(family: readonly OpenDocument[], { document, kind, name }: Renameable, newName: string): Text | undefined {
  const allowed = kind === 'servers' || kind === 'groups' ? targetName : entryName;
  if (!allowed.safeParse(newName).success) {
    return t(
      '`{0}` is no name: letters, digits, `_` and `-`, first a letter or digit, at most 50 characters, and not one of Ansible’s own.',
      newName,
    );
  }
  const taken = t('The name `{0}` is already taken.', newName);
  if (findDefinitionsOf(listScope(family, document, kind), kind, newName).length > 0) return taken;
  if (kind !== 'servers' && kind !== 'groups') return undefined;
  const target = resolveTarget(document.model, newName);
  if (target && (target.kind !== kind || target.name !== name)) return taken;
  if (kind === 'groups') return undefined;
  const instances = document.analysis.expandedOf(name)?.instances ?? [];
  for (const instance of instances) {
    const renamed = newName + instance.slice(name.length);
    if (renamed.length > MAX_NAME_LENGTH) return t('The server `{0}` would get a name of more than 50 characters.', renamed);
    const owner = resolveTarget(document.model, renamed);
    if (owner && (owner.kind !== 'servers' || owner.name !== name)) return t('The name `{0}` is already taken.', renamed);
  }
  return undefined;
}

function toEdit(place: UseAt, name: string, newName: string): TextEdit {
  const { use } = place;
  const needsQuotes = use.quote === '' && use.name === name && NEEDS_QUOTES.test(newName);
  return { range: nameRange(place, name), newText: needsQuotes ? `'${newName}'` : newName };
}

/** The part of a name that is the entry's: of `web-1` it is `web`. */
function nameRange(place: UseAt, name: string): Range {
  const { start, end } = innerRange(place);
  return place.use.name === name ? { start, end } : { start, end: { line: start.line, character: start.character + name.length } };
}
