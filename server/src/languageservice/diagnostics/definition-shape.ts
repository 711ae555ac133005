import type { MergedInfra } from '#core/infra/load/merge-documents.ts';
import type { ServerEntry } from '#schemas/infra/server-entry.ts';

/**
 * What the judgement of a server depends on outside of its entry: which names there are and which fields they give, but
 * not the values of those. So a change of a value in a size or in `defaults` changes no server's judgement.
 */
export interface DefinitionShape {
  /** Equal for equal shapes. */
  readonly key: string;
  /** Grows with each change of names: what is said about an unknown name lists the known ones. Never 0. */
  readonly namesId: number;
  readonly isDefaultsBroken: boolean;
  readonly defaults: FieldBits;
  readonly defaultSize: string | undefined;
  readonly sizes: ReadonlyMap<string, FieldBits>;
  /** Whether a name of a section exists, or stands in an entry with a mistake. */
  isKnown(section: UsedSection, name: string): boolean;
  isBroken: MergedInfra['isBroken'];
}

/** Which of the needed fields are there: a bit for each. */
type FieldBits = number;

/** Sections whose names server entries use. */
const usedSections = ['sizes', 'ssh_keys', 'networks'] as const;
export type UsedSection = (typeof usedSections)[number];

/** Fields that every server needs, from wherever. */
const NEEDED = ['cpu', 'ram', 'disk', 'dc', 'image'] as const;
const HARDWARE = 0b111;
const ALL = (1 << NEEDED.length) - 1;

/** Reads the shape of the definitions. `broken` are the names of {@link UsedSection}s that have mistakes, as `sizes.small`. */
export function readShape(merged: MergedInfra, broken: readonly string[], before: DefinitionShape | undefined): DefinitionShape {
  const { infra, isBroken } = merged;
  const sizes = new Map(Object.entries(infra.sizes ?? {}).map(([name, size]) => [name, listBits(size)] as const));
  const [names, keys, networks] = usedSections.map((section) => Object.keys(infra[section] ?? {}));
  const isDefaultsBroken = isBroken('defaults');
  const defaults = listBits(infra.defaults ?? {});
  const known: Readonly<Record<UsedSection, ReadonlySet<string>>> = {
    sizes: new Set(names),
    ssh_keys: new Set(keys),
    networks: new Set(networks),
  };
  const brokenSections = usedSections.filter((section) => isBroken(section));
  const namesKey = JSON.stringify([names, keys, networks, broken, brokenSections]);
  const key = JSON.stringify([namesKey, [...sizes.values()], isDefaultsBroken, defaults, infra.defaults?.size]);
  if (before?.key === key) return before;
  const isSameNames = before?.key.startsWith(JSON.stringify([namesKey]).slice(0, -1)) === true;
  return {
    key,
    namesId: isSameNames ? before.namesId : (before?.namesId ?? 0) + 1,
    isDefaultsBroken,
    defaults,
    defaultSize: infra.defaults?.size,
    sizes,
    isKnown: (section, name) => known[section].has(name) || isBroken(section, name),
    isBroken,
  };
}

/** Whether the size that an entry takes exists. */
export const usesKnownSize = ({ size }: ServerEntry, shape: DefinitionShape): boolean => size === undefined || shape.isKnown('sizes', size);

/** Whether every key and network that an entry lists exists and stands in its list once. */
export const usesKnownLists = ({ ssh_keys, networks }: ServerEntry, shape: DefinitionShape): boolean =>
  isKnownList('ssh_keys', ssh_keys, shape) && isKnownList('networks', networks, shape);

function isKnownList(section: UsedSection, names: readonly string[] | undefined, shape: DefinitionShape): boolean {
  if (!names) return true;
  return names.every((name, index) => shape.isKnown(section, name) && names.indexOf(name) === index);
}

/** What a server lacks, as a number: 0 for nothing; equal numbers lead to equal judgements. */
export function readLack(entry: ServerEntry, shape: DefinitionShape): number {
  if (shape.isDefaultsBroken) return 0;
  const size = entry.size ?? shape.defaultSize;
  const given = size === undefined ? 0 : (shape.sizes.get(size) ?? 0);
  const lack = ALL & ~(listBits(entry) | given | shape.defaults);
  // What an unknown size, or one with a mistake, would have given cannot be told.
  const isUnclear = size !== undefined && (!shape.sizes.has(size) || shape.isBroken('sizes', size));
  return isUnclear ? lack & ~HARDWARE : lack;
}

function listBits(values: { readonly [Field in (typeof NEEDED)[number]]?: unknown }): FieldBits {
  let bits = 0;
  for (let at = 0; at < NEEDED.length; at += 1) {
    const field = NEEDED[at];
    if (field && values[field] !== undefined) bits |= 1 << at;
  }
  return bits;
}
