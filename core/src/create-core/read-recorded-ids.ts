import { openProjectStore } from '../storage/open-project-store.ts';
import { systemClock } from '../platform/clock.ts';

/**
 * Remote ids by address, as the ledger beside an infra file has them; empty before the first apply. Reads that file alone: neither a
 * token nor the network is needed. Throws `StorageError` for a damaged ledger.
 */
export async function readRecordedIds(folderOfFile: string, project: string): Promise<ReadonlyMap<string, number>> {
  const { entries } = await openProjectStore(folderOfFile, project, systemClock).readLedger();
  return new Map(Object.entries(entries).map(([address, { id }]) => [address, id]));
}
