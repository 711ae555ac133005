import { dirname, resolve } from 'node:path';
import { readRecordedIds } from '#core/create-core/read-recorded-ids.ts';
import { readInfraFile } from '#core/infra/read-infra-file.ts';
import { nodeFileReader } from '#core/platform/node-file-reader.ts';
import { t } from '#schemas/text/text.ts';
import { UsageError } from '../host.ts';

/** Remote ids by address from the ledger beside an infra file. Throws `UsageError` when the file names no project. */
export async function readLedgerIds(file: string): Promise<ReadonlyMap<string, number>> {
  const { value, partial } = await readInfraFile(nodeFileReader, file);
  const project = value?.infra.project ?? partial?.infra.project;
  if (project === undefined) throw new UsageError(t('{0} does not name its project, so its ledger cannot be found.', file));
  return readRecordedIds(dirname(resolve(file)), project);
}
