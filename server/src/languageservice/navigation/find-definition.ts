import type { LocationLink, Range } from 'vscode-languageserver-types';
import { inheritedFields } from '#core/infra/expand/expanded-infra.ts';
import type { SourceRange } from '#schemas/plan/plan.ts';
import type { TextPosition } from '../document/chunk-list.ts';
import { findNode, outlineOf, pathOfNode, toTextRange } from '../document/outline.ts';
import type { OpenDocument } from '../open-document.ts';
import { findDefinitionsOf, findNameAt, innerRange, listScope, type ResolvePath, type UseAt } from '../uses/find-uses.ts';

const START: Range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/**
 * Where what stands under the cursor is defined: an entry for its name, the file for a path, and for a field of a server
 * the value of its size or of `defaults` that it stands in for. `family` is the document with the files it includes or
 * is included by.
 */
export function findDefinition(
  family: readonly OpenDocument[],
  document: OpenDocument,
  position: TextPosition,
  resolvePath: ResolvePath,
): LocationLink[] {
  const found = findNameAt(document, position);
  if (!found) return findInherited(family, document, position);
  const originSelectionRange = innerRange(found);
  if (found.use.role === 'path') {
    const targetUri = resolvePath(found.name, document.uri);
    return targetUri === undefined ? [] : [{ originSelectionRange, targetUri, targetRange: START, targetSelectionRange: START }];
  }
  if (found.kind === undefined) return [];
  return findDefinitionsOf(listScope(family, document, found.kind), found.kind, found.name).map((definition) => ({
    originSelectionRange,
    targetUri: definition.document.uri,
    targetRange: wholeRange(definition),
    targetSelectionRange: innerRange(definition),
  }));
}

/** The entry with everything in it. */
function wholeRange({ chunk, use, range }: UseAt): Range {
  const { roots, lineStarts } = outlineOf(chunk);
  const node = findNode(roots, (lineStarts[use.line] ?? 0) + use.character);
  return node ? toTextRange(chunk, lineStarts, node.start, node.end) : range;
}

/** From a field of a server to the value that would hold without it. */
function findInherited(family: readonly OpenDocument[], { model, analysis }: OpenDocument, position: TextPosition): LocationLink[] {
  const chunk = model.chunkAt(position.line);
  if (chunk?.role !== 'entry' || chunk.section !== 'servers') return [];
  const { roots, lineStarts } = outlineOf(chunk);
  const offset = (lineStarts[position.line - chunk.anchor.line] ?? 0) + position.character;
  const node = findNode(roots, offset);
  if (!node?.key || offset > node.key.end) return [];
  const [, , name, ...deeper] = pathOfNode(chunk, node);
  const field = deeper.length > 0 ? undefined : inheritedFields.find((candidate) => candidate === name);
  if (!field) return [];
  const { infra, locate } = analysis.definitions;
  const sizeName = analysis.expandedAt(chunk)?.values.size;
  const size: Readonly<Record<string, unknown>> = (sizeName === undefined ? undefined : infra.sizes?.[sizeName]) ?? {};
  const path =
    size[field] !== undefined ? ['sizes', sizeName ?? '', field] : infra.defaults?.[field] !== undefined ? ['defaults', field] : undefined;
  if (!path) return [];
  const target = locate(path, 'key');
  const owner = family.find((candidate) => candidate.model.file === target.file);
  if (!owner) return [];
  const targetRange = joinRanges(target, locate(path, 'value'));
  const originSelectionRange = toTextRange(chunk, lineStarts, node.key.start, node.key.end);
  return [{ originSelectionRange, targetUri: owner.uri, targetRange, targetSelectionRange: toRange(target) }];
}

const toRange = ({ start, end }: SourceRange): Range => ({ start, end });

const joinRanges = ({ start }: SourceRange, { end }: SourceRange): Range => ({ start, end });
