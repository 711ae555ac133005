import { isMapping } from '#core/infra/validate/schema-kind.ts';
import type { ServerEntry } from '#schemas/infra/server-entry.ts';
import { salvageServer } from '../diagnostics/salvage-server.ts';
import { isSound, type Chunk } from '../document/chunk.ts';
import type { TextPosition } from '../document/chunk-list.ts';
import type { NamedSection } from '../document/entry-names.ts';
import type { InfraDocumentModel, TextRange } from '../document/infra-document-model.ts';
import type { OpenDocument } from '../open-document.ts';
import { rangeOfUse, usesIn, type Use } from './chunk-uses.ts';

/** A name or path and the place in the document where it stands now, quotes included. */
export interface UseAt {
  readonly document: OpenDocument;
  readonly chunk: Chunk;
  readonly use: Use;
  readonly range: TextRange;
}

/** Turns a path as it stands in a file into the URI of what it leads to; undefined where it leads nowhere. */
export type ResolvePath = (path: string, fromUri: string) => string | undefined;

/** What a name means: an entry of a section, or a bundled playbook. */
export type NameKind = NamedSection | 'playbooks';

/** The name under the cursor. */
export interface NameAt extends UseAt {
  /** `undefined` for a target that leads nowhere, and for paths. */
  readonly kind: NameKind | undefined;
  /** Name of the entry: `web` also where one of its servers stands, `web-1`. */
  readonly name: string;
}

/** Every name and path of a document, in the order of the text. */
export function listUses(document: OpenDocument): readonly UseAt[] {
  return document.model.chunks.flatMap((chunk) => usesIn(chunk).map((use) => toUseAt(document, chunk, use)));
}

/** The name or path that the cursor stands in, or directly behind. */
export function findNameAt(document: OpenDocument, position: TextPosition): NameAt | undefined {
  const chunk = document.model.chunkAt(position.line);
  if (!chunk) return undefined;
  const line = position.line - chunk.anchor.line;
  const use = usesIn(chunk).find((candidate) => holds(candidate, line, position.character));
  return use && { ...toUseAt(document, chunk, use), ...resolveName(document.model, use) };
}

/**
 * Where an entry is defined and named in several documents. Sizes, keys, channels and networks are looked for in all of
 * them; servers and groups only in those that are given. Only chunks whose text holds the name are looked into.
 */
export function findUsesOf(documents: readonly OpenDocument[], kind: NameKind, name: string): readonly UseAt[] {
  return documents.flatMap((document) => {
    const found: UseAt[] = [];
    for (const chunk of document.model.chunks) {
      if (!canMention(chunk, kind) || !chunk.text.includes(name)) continue;
      for (const use of usesIn(chunk)) if (isUseOf(document.model, use, kind, name)) found.push(toUseAt(document, chunk, use));
    }
    return found;
  });
}

/** Where an entry is defined; a name that stands twice has two places. */
export const findDefinitionsOf = (documents: readonly OpenDocument[], kind: NameKind, name: string): readonly UseAt[] =>
  documents.flatMap((document) => {
    const found: UseAt[] = [];
    for (const chunk of document.model.chunks) {
      if (chunk.role === 'head' || (chunk.role === 'entry' && chunk.section !== kind)) continue;
      if (chunk.role === 'entry' && isSound(chunk) && chunk.content.name !== name) continue;
      if (!chunk.text.includes(name)) continue;
      for (const use of usesIn(chunk)) {
        if (use.role === 'definition' && use.kind === kind && use.name === name) found.push(toUseAt(document, chunk, use));
      }
    }
    return found;
  });

/** What a name among targets means: a server entry or one of its servers first, then a group. */
export function resolveTarget(
  model: InfraDocumentModel,
  name: string,
): { readonly kind: 'servers' | 'groups'; readonly name: string } | undefined {
  if (hasEntry(model, 'servers', name)) return { kind: 'servers', name };
  const [, base = '', number = ''] = /^(.+)-([1-9]\d{0,3})$/.exec(name) ?? [];
  if (base !== '' && (readCount(model, base) ?? 0) >= Number(number)) return { kind: 'servers', name: base };
  return hasEntry(model, 'groups', name) ? { kind: 'groups', name } : undefined;
}

function resolveName(model: InfraDocumentModel, use: Use): Pick<NameAt, 'kind' | 'name'> {
  if (use.role === 'path') return { kind: undefined, name: use.name };
  if (use.kind !== 'targets') return { kind: use.kind, name: use.name };
  return resolveTarget(model, use.name) ?? { kind: undefined, name: use.name };
}

function isUseOf(model: InfraDocumentModel, use: Use, kind: NameKind, name: string): boolean {
  if (use.role === 'path') return false;
  if (use.kind !== 'targets') return use.kind === kind && use.name === name;
  if (use.name !== name && (kind !== 'servers' || !use.name.startsWith(`${name}-`))) return false;
  const target = resolveTarget(model, use.name);
  return target?.kind === kind && target.name === name;
}

/** Whether a chunk may name entries of a kind. */
function canMention(chunk: Chunk, kind: NameKind): boolean {
  if (chunk.role !== 'entry') return chunk.role !== 'head';
  const { section } = chunk;
  switch (kind) {
    case 'sizes':
    case 'ssh_keys':
    case 'networks':
      return section === kind || section === 'servers';
    case 'playbooks':
      return section === 'servers';
    case 'servers':
    case 'groups':
      return section === kind || section === 'groups' || section === 'alerts' || section === 'schedules';
    case 'notify':
      return section === 'notify' || section === 'alerts' || section === 'schedules';
    case 'alerts':
    case 'schedules':
      return section === kind;
    default:
      return kind satisfies never;
  }
}

function hasEntry(model: InfraDocumentModel, section: 'servers' | 'groups', name: string): boolean {
  const known = model.index.sections.get(section);
  if (known?.entries?.has(name)) return true;
  if (known && !known.entries) return isMapping(known.head.content.value) && Object.hasOwn(known.head.content.value, name);
  return findUnread(model, section, name) !== undefined;
}

/** The chunk that no parser understood and that defines a name. */
function findUnread(model: InfraDocumentModel, section: 'servers' | 'groups', name: string): Chunk | undefined {
  for (const chunk of model.unread) {
    if (!chunk.text.includes(name)) continue;
    if (usesIn(chunk).some((use) => use.role === 'definition' && use.kind === section && use.name === name)) return chunk;
  }
  return undefined;
}

/** How many servers an entry makes; undefined where it has no `count`, or there is no such entry. */
function readCount(model: InfraDocumentModel, name: string): number | undefined {
  const known = model.index.sections.get('servers');
  const chunk = known?.entries?.get(name);
  if (chunk) return salvageServer(chunk).count;
  if (known && !known.entries) {
    const servers = known.head.content.value;
    const entry = isMapping(servers) && Object.hasOwn(servers, name) ? (servers[name] as Partial<ServerEntry> | null) : undefined;
    return typeof entry?.count === 'number' ? entry.count : undefined;
  }
  const unread = findUnread(model, 'servers', name);
  const count = unread && /\bcount: *(\d{1,4})\b/.exec(unread.text)?.[1];
  return count === undefined ? undefined : Number(count);
}

/** The documents that may share an entry with one of a family: servers, groups and what watches them belong to one file. */
export function listScope(family: readonly OpenDocument[], document: OpenDocument, kind: NameKind): readonly OpenDocument[] {
  const isShared = kind === 'sizes' || kind === 'ssh_keys' || kind === 'networks' || kind === 'notify' || kind === 'playbooks';
  return isShared ? [document, ...family.filter(({ uri }) => uri !== document.uri)] : [document];
}

/** The place of a name without its quotes. */
export function innerRange({ use, range }: Pick<UseAt, 'use' | 'range'>): TextRange {
  if (use.quote === '') return range;
  const { start, end } = range;
  // A quote that was never closed ends with its line.
  const closing = end.line === start.line && end.character - start.character < use.name.length + 2 ? 0 : 1;
  return {
    start: { line: start.line, character: start.character + 1 },
    end: { line: end.line, character: Math.max(end.character - closing, end.line === start.line ? start.character + 1 : 0) },
  };
}

const toUseAt = (document: OpenDocument, chunk: Chunk, use: Use): UseAt => ({ document, chunk, use, range: rangeOfUse(chunk, use) });

const holds = ({ line, character, endLine, endCharacter }: Use, at: number, column: number): boolean =>
  (at > line || (at === line && column >= character)) && (at < endLine || (at === endLine && column <= endCharacter));
