import { isMapping } from '#core/infra/validate/schema-kind.ts';
import type { NamedSection } from '../document/entry-names.ts';
import type { OutlineNode } from '../document/outline.ts';

/** Fields of an entry as texts, lists joined; an entry that is one value has it under the empty name. */
export type EntryFields = Readonly<Record<string, string>>;

/** Longer details are cut. */
const MAX_LENGTH = 60;

/** What an outline shows behind the name of an entry, in the words of the file: `small × 2`, `cpu > 90%`. */
export function describeEntry(section: NamedSection, fields: EntryFields): string | undefined {
  const detail = listParts(section, fields)
    .filter((part) => part !== undefined && part !== '')
    .join(' ');
  if (detail === '') return undefined;
  if (detail.length <= MAX_LENGTH) return detail;
  // Never between the halves of one character.
  const end = /[\uD800-\uDBFF]/.test(detail[MAX_LENGTH - 2] ?? '') ? MAX_LENGTH - 2 : MAX_LENGTH - 1;
  return `${detail.slice(0, end)}…`;
}

function listParts(section: NamedSection, fields: EntryFields): readonly (string | undefined)[] {
  switch (section) {
    case 'servers':
      return [fields['size'] ?? joinHardware(fields), fields['count'] === undefined ? undefined : `× ${fields['count']}`];
    case 'sizes':
      return [joinHardware(fields)];
    case 'ssh_keys':
      return [fields['']];
    case 'networks':
      return [fields['dc']];
    case 'groups':
      return [fields['servers']];
    case 'alerts':
      return [fields['metric'], fields['above'] && `> ${fields['above']}`, fields['below'] && `< ${fields['below']}`];
    case 'notify':
      return [fields['type']];
    case 'schedules':
      return [fields['action'], fields['every'] ?? fields['cron']];
    default:
      return section satisfies never;
  }
}

const joinHardware = (fields: EntryFields): string =>
  ['cpu', 'ram', 'disk', 'disk_type', 'pool'].flatMap((field) => fields[field] ?? []).join(' · ');

/** Fields of an entry that was parsed. */
export function readFields(value: unknown): EntryFields {
  if (!isMapping(value)) return { '': print(value) };
  const fields: Record<string, string> = {};
  for (const [key, field] of Object.entries(value)) {
    if (key === 'vars' || key === 'app') continue;
    const text = Array.isArray(field) ? field.map(print).join(', ') : print(field);
    if (text !== '') fields[key] = text;
  }
  return fields;
}

const print = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';

/** The same from the lines of an entry that no parser understood. */
export function readNodeFields(node: OutlineNode): EntryFields {
  if (node.value) return { '': node.value.text };
  const fields: Record<string, string> = {};
  for (const { key, value, children } of node.children) {
    if (!key || key.text === 'vars' || key.text === 'app') continue;
    const text = value ? value.text : children.flatMap((child) => (child.kind === 'item' ? (child.value?.text ?? []) : [])).join(', ');
    if (text !== '') fields[key.text] = text;
  }
  return fields;
}
