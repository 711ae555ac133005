import type { Chunk } from '../document/chunk.ts';
import { isNamedSection, type NamedSection } from '../document/entry-names.ts';
import { outlineOf, toLocalPosition, type OutlineNode, type Token } from '../document/outline.ts';
import type { UsedKind } from '../uses/chunk-uses.ts';
import { usesIn } from '../uses/chunk-uses.ts';
import { listPatterns } from './token-patterns.ts';

/** Kinds of tokens, in the order of the legend. What a grammar can see by itself (strings, comments, numbers) is left to it. */
export const tokenTypes = [
  'namespace',
  'property',
  'class',
  'struct',
  'interface',
  'type',
  'event',
  'variable',
  'function',
  'enumMember',
  'number',
  'keyword',
] as const;
type TokenType = (typeof tokenTypes)[number];

/** Numbers that each token takes: line and column in the chunk, length, kind, whether it is a declaration. */
export const TOKEN_SIZE = 5;

const nameTypes: Readonly<Record<NamedSection | UsedKind, TokenType>> = {
  sizes: 'struct',
  ssh_keys: 'variable',
  networks: 'interface',
  servers: 'class',
  groups: 'type',
  targets: 'class',
  alerts: 'event',
  schedules: 'event',
  notify: 'variable',
  playbooks: 'function',
};

/** `2 GB`, `90%`, `5m`: number, and unit. */
const QUANTITY = /^(\d+(?:\.\d+)?)(\s*)(MB|GB|%|[smhd])$/i;

const known = new WeakMap<Chunk, readonly number[]>();

/** Tokens of a chunk in the order of the text, {@link TOKEN_SIZE} numbers each. Found once for each chunk. */
export function tokensIn(chunk: Chunk): readonly number[] {
  const tokens = known.get(chunk) ?? findTokens(chunk);
  known.set(chunk, tokens);
  return tokens;
}

interface Found {
  readonly line: number;
  readonly character: number;
  readonly length: number;
  readonly type: TokenType;
  readonly isDeclaration: boolean;
}

function findTokens(chunk: Chunk): readonly number[] {
  const { roots, lineStarts } = outlineOf(chunk);
  const found: Found[] = [];
  for (const use of usesIn(chunk)) {
    if (use.role === 'path' || use.line !== use.endLine) continue;
    const { line, character, endCharacter } = use;
    found.push({ line, character, length: endCharacter - character, type: nameTypes[use.kind], isDeclaration: use.role === 'definition' });
  }
  const add = (start: number, end: number, type: TokenType): void => {
    const { line, character } = toLocalPosition(lineStarts, start);
    if (end > start && (lineStarts[line + 1] ?? Number.MAX_SAFE_INTEGER) >= end)
      found.push({ line, character, length: end - start, type, isDeclaration: false });
  };
  const addValue = (pattern: string, value: Token): void => {
    if (listPatterns().get(pattern)?.words.has(value.text)) add(value.start, value.end, 'enumMember');
    if (value.quote !== '') return;
    const [, number = '', gap = '', unit = ''] = QUANTITY.exec(value.text) ?? [];
    if (unit === '') return;
    add(value.start, value.start + number.length, 'number');
    add(value.start + number.length + gap.length, value.end, 'keyword');
  };
  const visit = (node: OutlineNode, around: string): void => {
    let pattern = around;
    if (node.kind === 'item') pattern += '[]';
    else if (node.key) {
      if (isNamedSection(around)) pattern = `${around}.*`;
      else {
        pattern = around === '' ? node.key.text : `${around}.${node.key.text}`;
        if (listPatterns().has(pattern)) add(node.key.start, node.key.end, around === '' ? 'namespace' : 'property');
      }
    }
    // Variables are the user's own words.
    if (pattern.endsWith('.vars')) return;
    if (node.value && node.kind !== 'text') addValue(pattern, node.value);
    for (const child of node.children) visit(child, pattern);
  };
  for (const root of roots) visit(root, chunk.role === 'entry' ? chunk.section : '');
  return found
    .sort((a, b) => a.line - b.line || a.character - b.character)
    .flatMap(({ line, character, length, type, isDeclaration }) => [
      line,
      character,
      length,
      tokenTypes.indexOf(type),
      isDeclaration ? 1 : 0,
    ]);
}
