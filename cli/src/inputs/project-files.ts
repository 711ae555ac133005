import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { nodeFileReader } from '#core/platform/node-file-reader.ts';
import { createRootFiles, findProjectRoot } from '#core/platform/project-files.ts';
import type { FileReader } from '#core/ports/files.ts';
import { t } from '#schemas/text/text.ts';
import { type CliHost, UsageError } from '../terminal/host.ts';

/**
 * Reads an infra file and what it names. With `--root` only below that folder; in CI, where the file may be a stranger's pull request and the
 * messages go to a log, only below the work tree that holds it. Throws `UsageError` when the root is no folder.
 */
export function projectFiles({ io, root }: Pick<CliHost, 'io' | 'root'>, file: string): FileReader {
  if (root !== undefined) {
    const folder = resolve(io.cwd, root);
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw new UsageError(t('There is no folder {0}.', root));
    return createRootFiles(folder);
  }
  return isCi(io.environment) ? createRootFiles(findProjectRoot(resolve(io.cwd, file))) : nodeFileReader;
}

/** Whether this is a run in CI: every service sets `CI`. */
export const isCi = ({ CI = '' }: Readonly<Record<string, string | undefined>>): boolean => !['', '0', 'false'].includes(CI);
