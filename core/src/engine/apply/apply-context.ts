import type { JournalEntry } from '#schemas/journal/journal-entry.ts';
import type { Address, ResourceKind } from '#schemas/infra/names.ts';
import type { CreateStep } from '#schemas/plan/create-step.ts';
import type { Step } from '#schemas/plan/step.ts';
import type { LedgerEntry, ServerLedgerEntry, UnsettledCreate } from '#schemas/state/ledger.ts';
import type { Clock } from '../../ports/clock.ts';
import { CloudError, type CloudProvider, type OnProgress } from '../../ports/cloud-provider.ts';
import type { Witness } from './witness.ts';

/** An entry of the journal before its time is stamped; one that tells its time keeps it. */
export type NewJournalEntry = JournalEntry extends infer E
  ? E extends JournalEntry
    ? Omit<E, 'at'> & { readonly at?: string }
    : never
  : never;

/** What every step of a run works with. */
export interface ApplyContext {
  readonly cloud: CloudProvider;
  readonly clock: Clock;
  readonly run: string;
  readonly recorded: RecordedState;
  /** The account as this run reads it again and again; what was seen is journalled before a create is sent. */
  readonly witness: Witness;
  readonly journal: (entry: NewJournalEntry) => Promise<void>;
  /** Leave now: given to every call. */
  readonly abort: AbortSignal;
  /** Pause before an unanswered change is looked at, and first pause between two look-ups of a lost create, milliseconds. */
  readonly lookupPauseMs: number;
  /** How long the object of a lost create is looked for in this run, milliseconds. */
  readonly lookupMs: number;
  /** Starts no further step of this run. */
  readonly stopRun: () => void;
  /** Creates of this run that the provider has accepted. */
  readonly made: Set<CreateStep>;
  /** Creates whose outcome this run does not know, by step. */
  readonly unsettled: Map<string, UnsettledCreate>;
  /** Names of everything that is recorded or that this run makes: a new object of one of them is rather that one. */
  readonly declaredNames: ReadonlySet<string>;
}

/** What a step gives: the new recorded state of its address; null: no longer recorded; undefined: unchanged. */
export type StepResult = LedgerEntry | null | undefined;

/**
 * What a running step tells. A step holds one of the few places for provider writes; it calls `accepted` once the
 * provider has taken its write, so that minutes of waiting do not hold up other servers.
 */
export interface StepHooks {
  readonly onProgress: OnProgress;
  readonly accepted: () => void;
}

/** A step that found, before it sent anything, that the run must not go on. */
export class StepSkipped extends Error {
  override readonly name = 'StepSkipped';
}

/** Runs one step. */
export type RunStep<S extends Step> = (context: ApplyContext, step: S, hooks: StepHooks) => Promise<StepResult>;

/** Recorded state while a run goes on: what the journal says so far. */
export class RecordedState {
  private readonly entries: Map<string, LedgerEntry>;
  /** Address of each recorded id, by kind. */
  private readonly addresses: Readonly<Record<ResourceKind, Map<number, string>>> = {
    server: new Map(),
    network: new Map(),
    key: new Map(),
  };

  constructor(entries: Readonly<Record<string, LedgerEntry>>) {
    this.entries = new Map(Object.entries(entries));
    for (const [address, { kind, id }] of this.entries) this.addresses[kind].set(id, address);
  }

  get(address: string): LedgerEntry | undefined {
    return this.entries.get(address);
  }

  /** The recorded server; its absence is a broken plan, told as a typed failure. */
  getServer(address: Address): ServerLedgerEntry {
    const entry = this.entries.get(address);
    if (entry?.kind !== 'server') throw new CloudError('vanished', `${address} is not recorded`);
    return entry;
  }

  set(address: string, entry: LedgerEntry | null): void {
    const before = this.entries.get(address);
    if (before && this.addresses[before.kind].get(before.id) === address) this.addresses[before.kind].delete(before.id);
    if (entry) {
      this.entries.set(address, entry);
      this.addresses[entry.kind].set(entry.id, address);
    } else this.entries.delete(address);
  }

  isOwned(kind: ResourceKind, id: number): boolean {
    return this.addresses[kind].has(id);
  }

  /** Address of a recorded network, or its bare id. */
  readonly nameNetwork = (id: number): string => {
    return this.addresses.network.get(id) ?? `id:${id}`;
  };

  toEntries(): Record<Address, LedgerEntry> {
    return Object.fromEntries(this.entries);
  }
}

/** Remote id behind a reference in a step: an address of ours, or `id:N`. */
export function resolveNetworkId(context: ApplyContext, network: string): number {
  if (network.startsWith('id:')) return Number(network.slice(3));
  const entry = context.recorded.get(network);
  if (!entry) throw new CloudError('vanished', `${network} is not recorded`);
  return entry.id;
}
