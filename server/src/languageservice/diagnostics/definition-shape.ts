import { inheritedFields, type InheritedField } from '#core/infra/expand/expanded-infra.ts';
import type { MergedInfra } from '#core/infra/load/merge-documents.ts';
import { serverRules } from '#core/infra/rules/run-rules.ts';
import type { EntryReads, EntryRule } from '#core/infra/rules/scope/rule.ts';
import type { ServerEntry } from '#schemas/infra/server-entry.ts';

/**
 * What the judgement of a server depends on outside of its entry, as far as rules declare that they read it: which names there are, which
 * fields they give, and some values of `defaults`. So a change of a value in a size changes no server's judgement.
 */
export interface DefinitionShape {
  /** Equal for equal shapes. */
  readonly key: string;
  /** Each grows when what it stands for changes: the names of a section, the values of `defaults` that a rule reads. Never 0. */
  readonly ids: ReadonlyMap<string, number>;
  /** What those stand for. */
  readonly contents: ReadonlyMap<string, string>;
  readonly defaults: FieldBits;
  readonly isDefaultsBroken: boolean;
  readonly defaultSize: string | undefined;
  readonly sizes: ReadonlyMap<string, FieldBits>;
  /** Whether a name of a section exists, or stands in an entry with a mistake. */
  isKnown(section: UsedSection, name: string): boolean;
  isBroken: MergedInfra['isBroken'];
}

/** Which fields are given, of those that rules read: a bit for each. */
type FieldBits = number;

/** Sections whose names server entries use. */
export const usedSections = ['sizes', 'ssh_keys', 'networks', 'notify'] as const;
export type UsedSection = (typeof usedSections)[number];

/** Reads the shape of the definitions. `broken` are the names of {@link UsedSection}s that have mistakes, as `sizes.small`. */
export function readShape(merged: MergedInfra, broken: readonly string[], before: DefinitionShape | undefined): DefinitionShape {
  const { infra, isBroken } = merged;
  const sizes = new Map(Object.entries(infra.sizes ?? {}).map(([name, size]) => [name, listBits(size, readFields)] as const));
  const names = new Map(usedSections.map((section) => [section, new Set(Object.keys(infra[section] ?? {}))] as const));
  const isDefaultsBroken = isBroken('defaults');
  const defaults = listBits(infra.defaults ?? {}, readFields);
  const contents = new Map<string, string>();
  for (const section of usedSections) {
    const ofSection = broken.filter((name) => name.startsWith(`${section}.`));
    contents.set(section, JSON.stringify([[...(names.get(section) ?? [])], ofSection, isBroken(section)]));
  }
  for (const keys of readKeys) contents.set(keys.join(), JSON.stringify([keys.map((key) => infra.defaults?.[key]), isDefaultsBroken]));
  const key = JSON.stringify([...contents.values(), [...sizes.values()], isDefaultsBroken, defaults, infra.defaults?.size]);
  if (before?.key === key) return before;
  const ids = new Map(
    [...contents].map(([name, content]) => {
      const id = before?.ids.get(name) ?? 0;
      return [name, before?.contents.get(name) === content ? id : id + 1] as const;
    }),
  );
  return {
    key,
    ids,
    contents,
    isDefaultsBroken,
    defaults,
    defaultSize: infra.defaults?.size,
    sizes,
    isKnown: (section, name) => names.get(section)?.has(name) === true || isBroken(section, name),
    isBroken,
  };
}

/** Lists of keys of `defaults` whose values some rule reads. */
const readKeys = serverRules.flatMap(({ reads: { defaults } }) =>
  typeof defaults === 'object' && 'values' in defaults ? [defaults.values] : [],
);

/** What a rule would see of a shape when it judges an entry: equal digests lead to equal findings. */
export function digest({ reads, needs }: EntryRule, entry: ServerEntry, shape: DefinitionShape): string {
  let text = '';
  for (const section of usedSections) {
    if (reads[section] === 'names' && (needs === 'expanded' || !usesKnownNames(section, entry, shape)))
      text += `${shape.ids.get(section)} `;
  }
  return text + digestFields(reads, entry, shape);
}

/** What a rule sees of the fields and values that an entry inherits. */
function digestFields({ sizes, defaults }: EntryReads, entry: ServerEntry, shape: DefinitionShape): string {
  const [ofSize, ofDefaults] = [fieldsOf(sizes), fieldsOf(defaults)];
  const values = typeof defaults === 'object' && 'values' in defaults ? String(shape.ids.get(defaults.values.join())) : '';
  if (!ofSize && !ofDefaults) return values;
  // What the entry gives itself it does not inherit; what its size gives, not from `defaults`.
  const size = readSize(entry.size ?? shape.defaultSize, shape);
  const missing = ~listBits(entry, [...(ofSize ?? []), ...(ofDefaults ?? [])]);
  return [
    values,
    ofSize ? `${size.state}${size.bits & missing & maskOf(ofSize)}` : '',
    ofDefaults ? `${shape.isDefaultsBroken}${shape.defaults & missing & ~size.bits & maskOf(ofDefaults)}` : '',
  ].join();
}

const fieldsOf = (reading: EntryReads['sizes' | 'defaults']): readonly InheritedField[] | undefined =>
  typeof reading === 'object' && 'fields' in reading ? reading.fields : undefined;

/** Fields that some rule reads of what servers inherit. */
const readFields = [
  ...new Set(serverRules.flatMap(({ reads: { sizes, defaults } }) => [...(fieldsOf(sizes) ?? []), ...(fieldsOf(defaults) ?? [])])),
];

const bitOf = new Map(inheritedFields.map((field, index) => [field, 1 << index] as const));
const maskOf = (fields: readonly InheritedField[]): FieldBits => fields.reduce((mask, field) => mask | (bitOf.get(field) ?? 0), 0);

/** Whether every name that an entry gives of a section exists. */
function usesKnownNames(section: UsedSection, { size, ssh_keys, networks }: ServerEntry, shape: DefinitionShape): boolean {
  switch (section) {
    case 'sizes':
      return size === undefined || shape.isKnown('sizes', size);
    case 'ssh_keys':
      return !ssh_keys || ssh_keys.every((name) => shape.isKnown('ssh_keys', name));
    case 'networks':
      return !networks || networks.every((name) => shape.isKnown('networks', name));
    case 'notify':
      return true;
    default:
      return section satisfies never;
  }
}

/** What a size gives. Of an unknown size, or one with a mistake, that cannot be told. */
function readSize(size: string | undefined, shape: DefinitionShape): { readonly state: string; readonly bits: FieldBits } {
  if (size === undefined) return { state: 'none', bits: 0 };
  if (shape.isBroken('sizes', size)) return { state: 'broken', bits: 0 };
  const bits = shape.sizes.get(size);
  return bits === undefined ? { state: 'unknown', bits: 0 } : { state: 'known', bits };
}

function listBits(values: Readonly<Partial<Record<InheritedField, unknown>>>, fields: readonly InheritedField[]): FieldBits {
  let bits = 0;
  for (const field of fields) if (values[field] !== undefined) bits |= bitOf.get(field) ?? 0;
  return bits;
}
