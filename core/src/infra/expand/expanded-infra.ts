import type { InfraFile } from '#schemas/infra/infra-file.ts';
import type { Address } from '#schemas/infra/names.ts';
import type { ServerEntry } from '#schemas/infra/server-entry.ts';
import type { SourceRange } from '#schemas/plan/plan.ts';
import type { DesiredKey } from '../desired-state.ts';
import type { ReadFile } from '../load/read-text.ts';
import type { Locate } from '../parse/position-tree.ts';

/** Where an effective value comes from, weakest first. */
export const valueOrigins = ['built-in', 'defaults', 'size', 'entry'] as const;
export type ValueOrigin = (typeof valueOrigins)[number];

/** Fields of a server that are inherited; the words of the file. */
export const inheritedFields = [
  'dc',
  'pool',
  'image',
  'disk_type',
  'size',
  'cpu',
  'ram',
  'disk',
  'ssh_keys',
  'networks',
  'power',
  'playbooks',
  'vars',
  'backup',
  'monitoring',
] as const;
export type InheritedField = (typeof inheritedFields)[number];

/** Effective values of an entry. What nobody gives and has no built-in value is absent. */
export type EffectiveValues = { readonly [Field in InheritedField]?: NonNullable<ServerEntry[Field]> };

/** One entry of `servers` with everything it inherits. */
export interface ExpandedEntry {
  readonly name: string;
  /** The entry as it stands in the file, for `app`, `protect`, `id`, `count`. */
  readonly entry: ServerEntry;
  readonly values: EffectiveValues;
  readonly origins: Readonly<Partial<Record<InheritedField, ValueOrigin>>>;
  /** Names of its servers. */
  readonly instances: readonly string[];
  /** Addresses of its servers, in the same order. */
  readonly addresses: readonly Address[];
  /** The entry's name in the file. */
  readonly source: SourceRange;
  /** Where the effective value of a field stands; undefined for a built-in or absent one. */
  sourceOf(field: InheritedField): SourceRange | undefined;
}

/** One server to be, before names are resolved against the cloud. */
export interface ExpandedServer {
  readonly address: Address;
  readonly name: string;
  readonly entry: ExpandedEntry;
}

export interface ExpandedNetwork {
  readonly address: Address;
  readonly name: string;
  /** As the file names it; from `defaults` when the network has none. */
  readonly dc?: string;
  readonly dcSource?: SourceRange;
  readonly dhcp: boolean;
  /** Whether `dhcp` stands in the file. */
  readonly isDhcpGiven: boolean;
  readonly protect: boolean;
  readonly adoptId?: number;
  readonly source: SourceRange;
}

/** What an infra file means by itself, without the cloud. */
export interface ExpandedInfra {
  /** Path of the main file. */
  readonly file: string;
  /** The validated file with its includes merged in. */
  readonly infra: InfraFile;
  readonly entries: readonly ExpandedEntry[];
  readonly servers: readonly ExpandedServer[];
  readonly networks: readonly ExpandedNetwork[];
  readonly keys: readonly DesiredKey[];
  /** Entry or group name → addresses of its servers. */
  readonly groups: Readonly<Record<string, readonly Address[]>>;
  /** Every file that was read, for hashes. */
  readonly files: readonly ReadFile[];
  readonly locate: Locate;
}
