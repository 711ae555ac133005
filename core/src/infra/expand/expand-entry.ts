import { AGENT_PORT, type ServerEntry } from '#schemas/infra/server-entry.ts';
import type { InfraFile } from '#schemas/infra/infra-file.ts';
import { type Address, toAddress } from '#schemas/infra/names.ts';
import type { SourceRange } from '#schemas/plan/plan.ts';
import type { Locate } from '../parse/position-tree.ts';
import { remember } from '../remember.ts';
import type { EffectiveValues, ExpandedEntry, InheritedField, ValueOrigin } from './expanded-infra.ts';
import { layOrigins, type Layered, layOver, layValues, listGiven, type Origins } from './lay-over.ts';

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
  monitoring: { agent: true, transport: 'ssh', port: AGENT_PORT },
} as const satisfies EffectiveValues;

/** What the entries of one size inherit. */
interface Inherited extends Layered {
  /** Origins by the fields that an entry gives itself: thousands of entries give the same ones. */
  readonly originsOf: Map<string, Origins>;
}

/** Fills an entry of `servers` with what it inherits. */
export type ExpandEntry = (name: string, entry: ServerEntry) => ExpandedEntry;

/**
 * Makes what fills the entries of one file: built-in values, `defaults`, the entry's size, the entry itself; later ones win. What the
 * entries of one size inherit is put together once.
 */
export function createEntryExpander({ defaults = {}, sizes = {} }: InfraFile, locate: Locate): ExpandEntry {
  const ofDefaults = layOver(layOver({ values: {}, origins: {} }, 'built-in', builtInValues), 'defaults', defaults);
  const inherited = new Map<string | undefined, Inherited>();
  const inherit = (size: string | undefined): Inherited => {
    const values = size !== undefined && Object.hasOwn(sizes, size) ? sizes[size] : undefined;
    return { ...layOver(ofDefaults, 'size', values ?? {}), originsOf: new Map() };
  };
  return (name, entry) => {
    const size = entry.size ?? defaults.size;
    const below = remember(inherited, size, () => inherit(size));
    const given = listGiven(entry);
    const origins = remember(below.originsOf, given.join(' '), () => layOrigins(below.origins, 'entry', given));
    return new FilledEntry(name, entry, layValues(below.values, entry, given), origins, size, locate);
  };
}

/** Names and places are made when somebody asks: rules look at thousands of entries for their values alone. */
class FilledEntry implements ExpandedEntry {
  readonly name: string;
  readonly entry: ServerEntry;
  readonly values: EffectiveValues;
  readonly origins: Origins;
  readonly #size: string | undefined;
  readonly #locate: Locate;
  #instances: readonly string[] | undefined;
  #addresses: readonly Address[] | undefined;

  constructor(name: string, entry: ServerEntry, values: EffectiveValues, origins: Origins, size: string | undefined, locate: Locate) {
    this.name = name;
    this.entry = entry;
    this.values = values;
    this.origins = origins;
    this.#size = size;
    this.#locate = locate;
  }

  get instances(): readonly string[] {
    return (this.#instances ??= listInstances(this.name, this.entry.count));
  }

  get addresses(): readonly Address[] {
    return (this.#addresses ??= this.instances.map((instance) => toAddress('server', instance)));
  }

  get source(): SourceRange {
    return this.#locate(['servers', this.name], 'key');
  }

  sourceOf(field: InheritedField): SourceRange | undefined {
    return locateField(field, this.origins[field], this.name, this.#size, this.#locate);
  }
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
