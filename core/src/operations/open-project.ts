import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import type { ExpandedInfra } from '../infra/expand/expanded-infra.ts';
import { readInfraFile } from '../infra/read-infra-file.ts';
import { isAboutHardware } from '../infra/rules/entries/check-hardware.ts';
import type { ProjectStore } from '../ports/project-store.ts';
import type { OperationContext } from './operation-context.ts';

/**
 * An infra file as it was read at the beginning of an operation, and what is kept beside it. Everything an operation does is done with
 * this reading: what was confirmed is what runs, whatever is saved meanwhile.
 */
export interface Project {
  /** Path of the infra file. */
  readonly file: string;
  readonly folder: string;
  readonly name: string;
  readonly infra: ExpandedInfra;
  /** Everything that was found in the file. Errors among them are about hardware alone, which servers that exist may have. */
  readonly diagnostics: readonly Diagnostic[];
  readonly store: ProjectStore;
}

/** The file has errors: nothing was done. */
export interface InvalidProject {
  readonly kind: 'invalid';
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a project's file, once. Changes nothing. */
export async function openProject(context: OperationContext, file: string): Promise<Project | InvalidProject> {
  const { partial: infra, value, diagnostics } = await readInfraFile(context.files, file);
  const isReadable = value !== undefined || diagnostics.every((one) => one.severity !== 'error' || isAboutHardware(one.code));
  if (!infra || !isReadable) return { kind: 'invalid', diagnostics };
  const folder = context.folderOf(file);
  const name = infra.infra.project;
  return { file, folder, name, infra, diagnostics, store: context.openStore(folder, name) };
}

/** As {@link openProject}, for what does not look at the servers that exist: every error counts. */
export async function openValidProject(context: OperationContext, file: string): Promise<Project | InvalidProject> {
  const project = await openProject(context, file);
  return 'kind' in project || !hasErrors(project.diagnostics) ? project : { kind: 'invalid', diagnostics: project.diagnostics };
}

/** Opens a project and holds its lock while `work` runs, whatever happens. Throws `LockedError`. */
export async function withProject<Result>(
  context: OperationContext,
  file: string,
  work: (project: Project) => Promise<Result>,
): Promise<Result | InvalidProject> {
  const project = await openProject(context, file);
  return 'kind' in project ? project : lockProject(context, project, work);
}

/** Holds the lock of a project that is open while `work` runs. Throws `LockedError`. */
export async function lockProject<Result>(
  context: OperationContext,
  project: Project,
  work: (project: Project) => Promise<Result>,
): Promise<Result> {
  const lock = await project.store.lock(context.command);
  try {
    return await work(project);
  } finally {
    await lock.release();
  }
}
