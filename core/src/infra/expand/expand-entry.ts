import type { DefaultsEntry, ServerEntry } from '#schemas/infra/server-entry.ts';
import type { InfraFile } from '#schemas/infra/infra-file.ts';
import type { SourceRange } from '#schemas/plan/plan.ts';
import type { Locate } from '../parse/position-tree.ts';
import { inheritedFields, type EffectiveValues, type ExpandedEntry, type InheritedField, type ValueOrigin } from './expanded-infra.ts';

/** What holds when nobody says otherwise. Data centre, image and hardware have no built-in value: they cost money or cannot be changed. */
export const builtInValues = {
  pool: 'base',
  disk_type: 'SSD',
  power: 'on',
  ssh_keys: [],
  networks: [],
  playbooks: [],
  vars: {},
  backup: 'off',
  monitoring: { agent: true, transport: 'ssh', port: 9100 },
} as const satisfies EffectiveValues;

type Layer = { readonly origin: ValueOrigin; readonly values: Partial<Record<InheritedField, unknown>> };

/** Fills an entry of `servers` with what it inherits: built-in values, `defaults`, its size, itself; later ones win. */
export function expandEntry(name: string, entry: ServerEntry, infra: InfraFile, locate: Locate): ExpandedEntry {
  const defaults: DefaultsEntry = infra.defaults ?? {};
  const sizeName = entry.size ?? defaults.size;
  const size = sizeName === undefined || !infra.sizes || !Object.hasOwn(infra.sizes, sizeName) ? undefined : infra.sizes[sizeName];
  const layers: readonly Layer[] = [
    { origin: 'entry', values: entry },
    { origin: 'size', values: size ?? {} },
    { origin: 'defaults', values: defaults },
    { origin: 'built-in', values: builtInValues },
  ];
  const values: Record<string, unknown> = {};
  const origins: Partial<Record<InheritedField, ValueOrigin>> = {};
  for (const field of inheritedFields) {
    const layer = layers.find((candidate) => candidate.values[field] !== undefined);
    if (!layer) continue;
    values[field] = layer.values[field];
    origins[field] = layer.origin;
  }
  if (entry.vars && defaults.vars) values['vars'] = { ...defaults.vars, ...entry.vars };
  if (values['monitoring'] !== undefined)
    values['monitoring'] = { ...builtInValues.monitoring, ...defaults.monitoring, ...entry.monitoring };
  const sourceOf = (field: InheritedField): SourceRange | undefined => locateField(field, origins[field], name, sizeName, locate);
  return {
    name,
    entry,
    values,
    origins,
    instances: listInstances(name, entry.count),
    source: locate(['servers', name], 'key'),
    sourceOf,
  };
}

/** Names of the servers of an entry: its own without `count`, else numbered from 1. */
export const listInstances = (name: string, count: number | undefined): readonly string[] =>
  count === undefined ? [name] : Array.from({ length: count }, (_, index) => `${name}-${index + 1}`);

function locateField(
  field: InheritedField,
  origin: ValueOrigin | undefined,
  name: string,
  size: string | undefined,
  locate: Locate,
): SourceRange | undefined {
  switch (origin) {
    case 'entry':
      return locate(['servers', name, field], 'value');
    case 'size':
      return locate(['sizes', size ?? '', field], 'value');
    case 'defaults':
      return locate(['defaults', field], 'value');
    case 'built-in':
    case undefined:
      return undefined;
    default:
      return origin satisfies never;
  }
}
