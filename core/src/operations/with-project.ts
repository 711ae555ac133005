import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { readInfraFile } from '../infra/read-infra-file.ts';
import type { ProjectStore } from '../ports/project-store.ts';
import type { OperationContext } from './operation-context.ts';

/**
 * Takes the lock of the project that a file names, and gives it back whatever happens. The project's name is in the file,
 * so a first reading tells which lock to take; `work` reads again under it. Throws `LockedError`.
 */
export async function withProject<Result>(
  context: OperationContext,
  file: string,
  work: (project: { readonly name: string; readonly folder: string; readonly store: ProjectStore }) => Promise<Result>,
): Promise<Result | { readonly kind: 'invalid'; readonly diagnostics: readonly Diagnostic[] }> {
  const first = await readInfraFile(context.files, file);
  if (!first.value) return { kind: 'invalid', diagnostics: first.diagnostics };
  const name = first.value.infra.project;
  const folder = context.folderOf(file);
  const store = context.openStore(folder, name);
  const lock = await store.lock(context.command);
  try {
    return await work({ name, folder, store });
  } finally {
    await lock.release();
  }
}
