import { dirname, resolve } from 'node:path';
import { readRecordedIds } from '#core/create-core/read-recorded-ids.ts';
import { readInfraFile } from '#core/infra/read-infra-file.ts';
import { t } from '#schemas/text/text.ts';
import { type CliHost, UsageError } from '../terminal/host.ts';
import { projectFiles } from './project-files.ts';

/** Name of the project in an infra file, which may have mistakes elsewhere. Throws `UsageError` when it names none. */
export async function readProjectName(host: CliHost, file: string): Promise<string> {
  const { value, partial } = await readInfraFile(projectFiles(host, file), file);
  const project = value?.infra.project ?? partial?.infra.project;
  if (project === undefined) throw new UsageError(t('{0} does not name its project, so nothing that is kept of it can be found.', file));
  return project;
}

/** Remote ids by address from the ledger beside an infra file. Throws `UsageError` when the file names no project. */
export const readLedgerIds = async (host: CliHost, file: string): Promise<ReadonlyMap<string, number>> =>
  readRecordedIds(dirname(resolve(file)), await readProjectName(host, file));
