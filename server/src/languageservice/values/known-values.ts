import type { PriceTable } from '#schemas/infra/prices.ts';
import type { Address } from '#schemas/infra/names.ts';
import type { BundledPlaybook } from '#schemas/playbooks/bundled-playbooks.ts';
import type { ServerNow } from '#schemas/protocol/live-metrics.ts';
import type { ActualKey, ActualNetwork, ActualServer, Catalog } from '#schemas/state/actual.ts';
import type { Text } from '#schemas/text/text.ts';

/** A value from outside of the document, and when it was read (moment of the monotonic clock, as `LanguageRequest.elapsed`). */
export interface Aged<Value> {
  readonly value: Value;
  readonly readAtMs: number;
}

/** What the account has, as it was last read. */
export interface LiveObjects {
  readonly servers: readonly ActualServer[];
  readonly networks: readonly ActualNetwork[];
  readonly keys: readonly ActualKey[];
}

/** How the last operation on a file, entry or group ended. */
export interface LastResult {
  readonly operation: 'plan' | 'apply' | 'deploy';
  /** What it worked on; undefined: the whole file. */
  readonly targets: readonly Address[] | undefined;
  readonly finishedAtMs: number;
  readonly exitCode: number;
  /** One line for a lens, such as "2 to create". */
  readonly summary: Text;
}

/** One name in a folder. */
export interface FolderEntry {
  readonly name: string;
  readonly isFolder: boolean;
}

/**
 * What is known at this moment about the world around a document. Reading it never waits: whoever asks a language feature
 * has brought it up to date as far as its time allowed. Absent: nobody could tell (offline, signed out, not read yet).
 */
export interface KnownValues {
  readonly catalog?: Aged<Catalog>;
  readonly live?: Aged<LiveObjects>;
  readonly prices?: Aged<PriceTable>;
  /** What servers are doing, as the client has told. */
  readonly metrics?: ReadonlyMap<Address, ServerNow>;
  /** Newest first. */
  readonly results: readonly LastResult[];
  readonly playbooks: readonly BundledPlaybook[];
  /** Names in a folder, given as the document writes it (relative, `~/…` or absolute); undefined: cannot be told. */
  listFolder(path: string): readonly FolderEntry[] | undefined;
}
