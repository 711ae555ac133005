import type { JournalEntry } from '#schemas/journal/journal-entry.ts';
import type { Address, ResourceKind } from '#schemas/infra/names.ts';
import type { Step } from '#schemas/plan/step.ts';
import type { ActualState } from '#schemas/state/actual.ts';
import type { LedgerEntry, ServerLedgerEntry } from '#schemas/state/ledger.ts';
import type { Clock } from '../../ports/clock.ts';
import { CloudError, type CloudProvider, type OnProgress } from '../../ports/cloud-provider.ts';

/** An entry of the journal before its time is stamped. */
export type NewJournalEntry = JournalEntry extends infer E ? (E extends JournalEntry ? Omit<E, 'at'> : never) : never;

/** What every step of a run works with. */
export interface ApplyContext {
  readonly cloud: CloudProvider;
  readonly clock: Clock;
  readonly run: string;
  readonly recorded: RecordedState;
  /** Reading the plan was made from: which objects were there before this run. */
  readonly before: ActualState;
  readonly journal: (entry: NewJournalEntry) => Promise<void>;
  /** Leave now: given to every call. */
  readonly abort: AbortSignal;
  /** Pause between two look-ups after a lost answer, milliseconds. */
  readonly lookupPauseMs: number;
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

/** Runs one step. */
export type RunStep<S extends Step> = (context: ApplyContext, step: S, hooks: StepHooks) => Promise<StepResult>;

/** Recorded state while a run goes on: what the journal says so far. */
export class RecordedState {
  private readonly entries: Map<string, LedgerEntry>;

  constructor(entries: Readonly<Record<string, LedgerEntry>>) {
    this.entries = new Map(Object.entries(entries));
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
    if (entry) this.entries.set(address, entry);
    else this.entries.delete(address);
  }

  isOwned(kind: ResourceKind, id: number): boolean {
    return [...this.entries.values()].some((entry) => entry.kind === kind && entry.id === id);
  }

  /** Address of a recorded network, or its bare id. */
  readonly nameNetwork = (id: number): string => {
    for (const entry of this.entries.values()) if (entry.kind === 'network' && entry.id === id) return entry.address;
    return `id:${id}`;
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
