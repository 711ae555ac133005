import type { Address } from '#schemas/infra/names.ts';
import type { SourceRange } from '#schemas/plan/plan.ts';
import type { KeyValues, NetworkValues, ServerValues, ServerWriteOnly } from '#schemas/state/values.ts';

/** A server the file declares, with every reference resolved against the catalogue. */
export interface DesiredServer {
  readonly address: Address;
  readonly name: string;
  /** Entry of `servers` it comes from: with `count`, several servers share one. */
  readonly entry: string;
  readonly values: ServerValues;
  /**
   * Fields of `values` that the file gives, in the entry, its size or `defaults`. Only these are compared with an existing server;
   * the others are what a new one is made with. A data centre or image that the catalogue does not know is none of them.
   */
  readonly managed: ReadonlySet<keyof ServerValues>;
  readonly writeOnly: ServerWriteOnly;
  /** Write-only values that the file gives, as `managed`. */
  readonly managedWriteOnly: ReadonlySet<'backupPeriod' | 'sshKeys' | 'imageId'>;
  /** Only for creations: 0 where the image is not in the catalogue, which refuses them. */
  readonly imageId: number;
  readonly protect: boolean;
  /** Remote id the user named, for adoption where the name is ambiguous. */
  readonly adoptId?: number;
  /** The entry's name in the file. */
  readonly source: SourceRange;
}

export interface DesiredNetwork {
  readonly address: Address;
  readonly name: string;
  readonly values: NetworkValues;
  /** Fields of `values` that the file gives and the catalogue knows: only these are compared with an existing network. */
  readonly managed: ReadonlySet<keyof NetworkValues>;
  readonly protect: boolean;
  readonly adoptId?: number;
  readonly source: SourceRange;
}

export interface DesiredKey {
  readonly address: Address;
  readonly title: string;
  /** The whole public-key line, sent at creation. */
  readonly publicKey: string;
  readonly values: KeyValues;
  readonly source: SourceRange;
}

/** Desired state: what the infra file declares, expanded and resolved. Pure data; the planner's first input. */
export interface DesiredState {
  readonly project: string;
  readonly manage: 'owned' | 'account';
  readonly maxDeletes: number;
  /** Roubles a month. */
  readonly monthlyBudget?: number;
  readonly servers: readonly DesiredServer[];
  readonly networks: readonly DesiredNetwork[];
  readonly keys: readonly DesiredKey[];
  /** Entry or group name → addresses of its servers: what `--only`, `--except` and targets may name. */
  readonly groups: Readonly<Record<string, readonly Address[]>>;
}
