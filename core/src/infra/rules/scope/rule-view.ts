import type { InfraFile } from '#schemas/infra/infra-file.ts';
import type { MergedInfra } from '../../load/merge-documents.ts';
import { isMapping } from '../../validate/schema-kind.ts';
import type { EntryReads, EntryRule, Rule, Section } from './rule.ts';

/** Sections that a rule declares, in no order. */
export const listSections = ({ scope, reads }: Pick<Rule, 'scope' | 'reads'>): readonly Section[] =>
  scope === 'entry' ? (Object.keys(reads) as Section[]) : (reads as readonly Section[]);

/** Sections whose every entry a rule checks. */
export const listChecked = ({ reads }: EntryRule): readonly Section[] =>
  listSections({ scope: 'entry', reads }).filter((section) => reads[section as keyof EntryReads] === 'each');

/** Whether what a rule says of an entry depends on the entry alone. */
export const isSelfContained = (rule: EntryRule): boolean =>
  rule.needs === 'merged' && Object.values(rule.reads).every((reading) => reading === 'each');

/** The part of a file that a rule for entries sees, with the sections that it checks. */
export const viewOf = (rule: EntryRule, infra: Partial<InfraFile>): InfraFile => pick(rule, infra, () => true);

/** What of a file a rule looks at to judge an entry, without anything that it checks. */
export const backgroundOf = (rule: EntryRule, infra: Partial<InfraFile>): InfraFile => pick(rule, infra, (reading) => reading !== 'each');

/** Whole sections of a file, as rules about names and about the file see it. */
export function sectionsOf(sections: readonly Section[], infra: Partial<InfraFile>): InfraFile {
  const view: Record<string, unknown> = { ...empty };
  for (const section of sections) if (infra[section] !== undefined) view[section] = infra[section];
  return view as unknown as InfraFile;
}

/** `isBroken` of the sections that a rule declares. */
export function narrowBroken(sections: readonly Section[], { isBroken }: MergedInfra): MergedInfra['isBroken'] {
  const declared = new Set<string>(sections);
  return (section, name) => declared.has(section) && isBroken(section, name);
}

type Reading = EntryReads[keyof EntryReads];

const empty = { version: 1, project: 'project' } as const;

function pick(rule: EntryRule, infra: Partial<InfraFile>, isWanted: (reading: Reading) => boolean): InfraFile {
  const view: Record<string, unknown> = { ...empty };
  for (const [section, reading] of Object.entries(rule.reads) as [keyof EntryReads, Reading][]) {
    const value = infra[section];
    if (value !== undefined && isWanted(reading)) view[section] = reduce(section, value, reading);
  }
  return view as unknown as InfraFile;
}

/** What is left of a section's value: whatever a rule has not declared is not there to be looked at. */
function reduce(section: keyof EntryReads, value: object, reading: Reading): unknown {
  if (reading === 'each') return value;
  if (reading === 'names') return mapValues(value, () => ({}));
  if (reading === undefined) return {};
  if ('values' in reading) return pickKeys(value, reading.values, (member) => member);
  const listFields = (entry: unknown): object => pickKeys(entry, reading.fields, (member) => (member === undefined ? undefined : true));
  if (section !== 'defaults') return mapValues(value, listFields);
  // Which size an entry takes decides about its fields.
  return { ...listFields(value), ...pickKeys(value, ['size'], (member) => member) };
}

const pickKeys = (value: unknown, keys: readonly string[], change: (member: unknown) => unknown): object =>
  isMapping(value) ? Object.fromEntries(keys.filter((key) => Object.hasOwn(value, key)).map((key) => [key, change(value[key])])) : {};

function mapValues(value: object, change: (member: unknown) => unknown): object {
  const changed = Object.create(null) as Record<string, unknown>;
  for (const [key, member] of Object.entries(value)) changed[key] = change(member);
  return changed;
}
