import type { ValuePath } from '#core/infra/parse/position-tree.ts';

/** A text with its place in the lines that were scanned. Offsets include the quotes; `text` does not. */
export interface ScannedScalar {
  readonly kind: 'scalar';
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly quote: '' | '"' | "'";
  /** `|` or `>`; its text is not kept. */
  readonly isBlock: boolean;
}

/** One key of a mapping. `value` is undefined while nothing stands behind the colon. */
export interface ScannedMember {
  readonly name: string;
  readonly keyStart: number;
  readonly keyEnd: number;
  value: ScannedNode | undefined;
}

/** A mapping as its lines show it, whatever is wrong with them. */
export interface ScannedMapping {
  readonly kind: 'mapping';
  readonly path: ValuePath;
  /** Column of its keys; -1 in braces. */
  readonly indent: number;
  /** Where it begins and, in braces, ends. */
  readonly start: number;
  end: number;
  readonly members: Map<string, ScannedMember>;
  /** Every key in the order of the lines: one that stands twice is here twice. */
  readonly all: ScannedMember[];
  /** The key that was read last: the one that lines below belong to. */
  last: ScannedMember | undefined;
}

/** A list as its lines show it. An item without a text is undefined. */
export interface ScannedList {
  readonly kind: 'list';
  readonly path: ValuePath;
  /** Column of its dashes; -1 in brackets. */
  readonly indent: number;
  readonly start: number;
  end: number;
  readonly items: (ScannedNode | undefined)[];
}

export type ScannedNode = ScannedScalar | ScannedMapping | ScannedList;
export type ScannedContainer = ScannedMapping | ScannedList;

export const createMapping = (path: ValuePath, indent: number, start: number): ScannedMapping => ({
  kind: 'mapping',
  path,
  indent,
  start,
  end: start,
  members: new Map(),
  all: [],
  last: undefined,
});

export const createList = (path: ValuePath, indent: number, start: number): ScannedList => ({
  kind: 'list',
  path,
  indent,
  start,
  end: start,
  items: [],
});

/** Adds a key. A repeated one takes the place of the one before: lines below belong to it. */
export function addMember(mapping: ScannedMapping, name: string, keyStart: number, keyEnd: number): ScannedMember {
  const member: ScannedMember = { name, keyStart, keyEnd, value: undefined };
  mapping.members.set(name, member);
  mapping.all.push(member);
  mapping.last = member;
  return member;
}

/** What stands at a path below a container. */
export function findNode(from: ScannedNode | undefined, path: ValuePath): ScannedNode | undefined {
  let node = from;
  for (const segment of path) {
    if (node?.kind === 'mapping') node = node.members.get(String(segment))?.value;
    else if (node?.kind === 'list' && typeof segment === 'number') node = node.items[segment];
    else return undefined;
  }
  return node;
}

/** The text at a path below a container; undefined when there is none or something else. */
export function findText(from: ScannedNode | undefined, path: ValuePath): string | undefined {
  const node = findNode(from, path);
  return node?.kind === 'scalar' && !node.isBlock ? node.text : undefined;
}
