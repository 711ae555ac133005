import { SymbolKind, type DocumentSymbol, type SymbolInformation } from 'vscode-languageserver-types';
import { isSound, type Chunk, type SoundChunk } from '../document/chunk.ts';
import { isNamedSection, readEntryNames, type NamedSection } from '../document/entry-names.ts';
import { outlineOf, toTextRange, type OutlineNode } from '../document/outline.ts';
import type { OpenDocument } from '../open-document.ts';
import { extentOf, rangesOfEntry } from './entry-extent.ts';
import { describeEntry, readNodeFields, readFields } from './symbol-detail.ts';

const kinds: Readonly<Record<NamedSection, SymbolKind>> = {
  sizes: SymbolKind.Struct,
  ssh_keys: SymbolKind.Key,
  networks: SymbolKind.Interface,
  servers: SymbolKind.Object,
  groups: SymbolKind.Array,
  alerts: SymbolKind.Event,
  notify: SymbolKind.Constant,
  schedules: SymbolKind.Function,
};

const details = new WeakMap<Chunk, string | undefined>();

/** Sections of a document with their entries. Broken entries are there as far as their first line has a name. */
export function listSymbols({ model }: OpenDocument): DocumentSymbol[] {
  const symbols: DocumentSymbol[] = [];
  let open: DocumentSymbol | undefined;
  for (const chunk of model.chunks) {
    switch (chunk.role) {
      case 'head': {
        const extent = extentOf(chunk);
        open = { name: readEntryNames(chunk)[0] ?? '', kind: SymbolKind.Namespace, ...rangesOfEntry(chunk, extent), children: [] };
        symbols.push(open);
        break;
      }
      case 'entry': {
        const { section } = chunk;
        if (!open || !isNamedSection(section)) break;
        const entries = isSound(chunk) ? [toEntrySymbol(chunk, section)] : listBroken(chunk, section);
        open.children?.push(...entries);
        open.range = { start: open.range.start, end: entries.at(-1)?.range.end ?? open.range.end };
        break;
      }
      case 'preamble':
      case 'section':
        open = undefined;
        symbols.push(...listInline(chunk));
        break;
      default:
        chunk.role satisfies never;
    }
  }
  return symbols;
}

/** The same without a hierarchy, for editors that know none. */
export const flattenSymbols = (uri: string, symbols: readonly DocumentSymbol[], containerName?: string): SymbolInformation[] =>
  symbols.flatMap(({ name, kind, selectionRange, children = [] }) => [
    { name, kind, location: { uri, range: selectionRange }, ...(containerName === undefined ? {} : { containerName }) },
    ...flattenSymbols(uri, children, name),
  ]);

function toEntrySymbol(chunk: SoundChunk, section: NamedSection): DocumentSymbol {
  const extent = extentOf(chunk);
  if (!details.has(chunk)) details.set(chunk, describeEntry(section, readFields(chunk.content.value)));
  return createSymbol(chunk.content.name, kinds[section], details.get(chunk), rangesOfEntry(chunk, extent));
}

/** What the lines of a chunk show that no parser understood; that may be more than one entry. */
function listBroken(chunk: Chunk, section: NamedSection): readonly DocumentSymbol[] {
  const { roots, lineStarts } = outlineOf(chunk);
  return roots.flatMap((node) => fromOutline(chunk, lineStarts, node, kinds[section], describeEntry(section, readNodeFields(node))));
}

/** Sections that stand in one chunk, as in `servers: { … }`. */
function listInline(chunk: Chunk): readonly DocumentSymbol[] {
  const { roots, lineStarts } = outlineOf(chunk);
  const create = (node: OutlineNode, kind: SymbolKind, detail: string | undefined) => fromOutline(chunk, lineStarts, node, kind, detail);
  // A whole file may stand in brackets.
  const sections = roots.flatMap((root) => (root.kind === 'text' ? root.children : [root]));
  return sections.flatMap((node) => {
    const section = node.key?.text ?? '';
    const children = node.children.flatMap((child) =>
      isNamedSection(section)
        ? create(child, kinds[section], describeEntry(section, readNodeFields(child)))
        : create(child, SymbolKind.Property, child.value?.text),
    );
    const isPlain = children.length === 0 && !isNamedSection(section);
    return create(node, isPlain ? SymbolKind.Property : SymbolKind.Namespace, node.value?.text).map((symbol) => ({ ...symbol, children }));
  });
}

function fromOutline(
  chunk: Chunk,
  lineStarts: readonly number[],
  { key, start, end }: OutlineNode,
  kind: SymbolKind,
  detail: string | undefined,
): readonly DocumentSymbol[] {
  if (!key) return [];
  const selectionRange = toTextRange(chunk, lineStarts, key.start, key.end);
  return [createSymbol(key.text, kind, detail, { range: toTextRange(chunk, lineStarts, start, end), selectionRange })];
}

type Ranges = Pick<DocumentSymbol, 'range' | 'selectionRange'>;

const createSymbol = (name: string, kind: SymbolKind, detail: string | undefined, ranges: Ranges): DocumentSymbol => ({
  // An editor refuses a symbol without a name.
  name: name.trim() === '' ? '""' : name,
  ...(detail === undefined ? {} : { detail }),
  kind,
  ...ranges,
});
