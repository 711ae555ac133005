import { isPlaybookPath } from '#schemas/infra/playbooks.ts';
import type { Chunk } from '../document/chunk.ts';
import { isNamedSection, type NamedSection } from '../document/entry-names.ts';
import type { TextRange } from '../document/infra-document-model.ts';
import { outlineOf, toLocalPosition, type OutlineNode, type Token } from '../document/outline.ts';

/** Kinds of names that stand where they are used: of a section, of a server entry, instance or group, of a playbook. */
export type UsedKind = 'sizes' | 'ssh_keys' | 'networks' | 'notify' | 'targets' | 'playbooks';

/** What a path in the file leads to. */
export type PathKind = 'include' | 'playbook-file' | 'key-file' | 'prices' | 'source';

/** A name or path in a chunk. Places count from the chunk and include quotes. */
export type Use = UsePlace &
  (
    | { readonly role: 'definition'; readonly kind: NamedSection }
    | { readonly role: 'use'; readonly kind: UsedKind }
    | { readonly role: 'path'; readonly kind: PathKind }
  );

interface UsePlace {
  /** The name or path, without quotes. */
  readonly name: string;
  readonly quote: Token['quote'];
  readonly line: number;
  readonly character: number;
  readonly endLine: number;
  readonly endCharacter: number;
}

/** Values that are names or paths, by where they stand; `*` is the name of an entry, `[]` any item. */
const meanings = new Map<string, Meaning>([
  ...both('size', { role: 'use', kind: 'sizes' }),
  ...both('ssh_keys[]', { role: 'use', kind: 'ssh_keys' }),
  ...both('networks[]', { role: 'use', kind: 'networks' }),
  ...both('playbooks[]', { role: 'use', kind: 'playbooks' }),
  ...both('playbooks[].name', { role: 'use', kind: 'playbooks' }),
  ...both('playbooks[].path', { role: 'path', kind: 'playbook-file' }),
  ['groups.*.servers[]', { role: 'use', kind: 'targets' }],
  ['alerts.*.on[]', { role: 'use', kind: 'targets' }],
  ['schedules.*.targets[]', { role: 'use', kind: 'targets' }],
  ['alerts.*.notify[]', { role: 'use', kind: 'notify' }],
  ['schedules.*.notify[]', { role: 'use', kind: 'notify' }],
  ['include[]', { role: 'path', kind: 'include' }],
  ['prices', { role: 'path', kind: 'prices' }],
  ['ssh_keys.*', { role: 'path', kind: 'key-file' }],
  ['servers.*.app.source', { role: 'path', kind: 'source' }],
]);

type Meaning = { readonly role: 'use'; readonly kind: UsedKind } | { readonly role: 'path'; readonly kind: PathKind };

/** Sections without anything to find below the names of their entries. */
const PLAIN_SECTIONS: ReadonlySet<string> = new Set(['sizes', 'networks', 'notify', 'limits']);

const known = new WeakMap<Chunk, readonly Use[]>();

/** Names and paths in a chunk, in the order of the text. Found once for each chunk. */
export function usesIn(chunk: Chunk): readonly Use[] {
  const found = known.get(chunk) ?? findUses(chunk);
  known.set(chunk, found);
  return found;
}

/** Where a use stands in the document now. */
export const rangeOfUse = (chunk: Chunk, { line, character, endLine, endCharacter }: Use): TextRange => ({
  start: { line: line + chunk.anchor.line, character },
  end: { line: endLine + chunk.anchor.line, character: endCharacter },
});

function findUses(chunk: Chunk): readonly Use[] {
  const { roots, lineStarts } = outlineOf(chunk);
  const uses: Use[] = [];
  const add = (token: Token, meaning: DistributiveOmit<Use, keyof UsePlace>): void => {
    const from = toLocalPosition(lineStarts, token.start);
    const to = toLocalPosition(lineStarts, token.end);
    uses.push({ name: token.text, quote: token.quote, ...from, endLine: to.line, endCharacter: to.character, ...meaning });
  };
  const visit = (node: OutlineNode, around: string): void => {
    let pattern = around;
    if (node.kind === 'item') pattern += '[]';
    else if (node.key) {
      if (isNamedSection(around)) {
        if (node.key.text !== '<<' && !isAlias(node.key)) add(node.key, { role: 'definition', kind: around });
        pattern = `${around}.*`;
        if (PLAIN_SECTIONS.has(around)) return;
      } else pattern = around === '' ? node.key.text : `${around}.${node.key.text}`;
    }
    const { value } = node;
    const meaning = value && node.kind !== 'text' && !isAlias(value) ? meanings.get(pattern) : undefined;
    if (value && meaning) {
      const exact = refine(meaning, value);
      if (exact) add(value, exact);
    }
    for (const child of node.children) visit(child, pattern);
  };
  for (const root of roots) visit(root, chunk.role === 'entry' ? chunk.section : '');
  return uses;
}

type DistributiveOmit<Type, Keys extends PropertyKey> = Type extends unknown ? Omit<Type, Keys> : never;

/** A playbook may be given by its path instead of its name, a public key by its text instead of its path. */
function refine(meaning: Meaning, { text }: Token): Meaning | undefined {
  if (text === '') return undefined;
  if (meaning.kind === 'playbooks' && isPlaybookPath(text)) return { role: 'path', kind: 'playbook-file' };
  if (meaning.kind === 'key-file' && /\s/.test(text.trim())) return undefined;
  return meaning;
}

const isAlias = ({ text, quote }: Token): boolean => quote === '' && text.startsWith('*');

function both(field: string, meaning: Meaning): readonly (readonly [string, Meaning])[] {
  return [
    [`servers.*.${field}`, meaning],
    [`defaults.${field}`, meaning],
  ];
}
