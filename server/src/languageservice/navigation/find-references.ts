import { DocumentHighlightKind, type DocumentHighlight, type Location } from 'vscode-languageserver-types';
import type { TextPosition } from '../document/chunk-list.ts';
import type { OpenDocument } from '../open-document.ts';
import { findNameAt, findUsesOf, innerRange, listScope, listUses, type UseAt } from '../uses/find-uses.ts';

/** Where the name under the cursor is used, in the order of the documents and of their texts. */
export function findReferences(
  family: readonly OpenDocument[],
  document: OpenDocument,
  position: TextPosition,
  includeDeclaration: boolean,
): Location[] {
  const found = findNameAt(document, position);
  if (!found || found.kind === undefined) return [];
  return findUsesOf(listScope(family, document, found.kind), found.kind, found.name)
    .filter(({ use }) => includeDeclaration || use.role !== 'definition')
    .map((use) => ({ uri: use.document.uri, range: innerRange(use) }));
}

/** The same name or path at its other places in the document. */
export function listHighlights(document: OpenDocument, position: TextPosition): DocumentHighlight[] {
  const found = findNameAt(document, position);
  if (!found) return [];
  return findSame(document, found).map((use) => ({
    range: innerRange(use),
    kind: use.use.role === 'definition' ? DocumentHighlightKind.Write : DocumentHighlightKind.Read,
  }));
}

function findSame(document: OpenDocument, found: ReturnType<typeof findNameAt> & object): readonly UseAt[] {
  if (found.kind !== undefined) return findUsesOf([document], found.kind, found.name);
  const { role, kind, name } = found.use;
  return listUses(document).filter(({ use }) => use.role === role && use.kind === kind && use.name === name);
}
