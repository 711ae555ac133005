import { dirname } from 'node:path';
import { projectName } from '#schemas/infra/names.ts';
import type { OpenDocument } from '#server/languageservice/open-document.ts';
import { isOnDisk } from '../documents/document-paths.ts';

/** Where the project of an infra file keeps what it knows: its folder and its name. */
export interface ProjectPlace {
  readonly folder: string;
  readonly project: string;
}

/** The place of a document's project; undefined for a document without a file or a sound project name. */
export function findProject({ model }: OpenDocument): ProjectPlace | undefined {
  const project = projectName.safeParse(readHead(model, 'project'));
  return project.success && isOnDisk(model.file) ? { folder: dirname(model.file), project: project.data } : undefined;
}

/** The value of a key at the top of a document, as far as it can be read. */
export function readHead(model: OpenDocument['model'], name: string): unknown {
  return model.index.sections.get(name)?.head.content.value;
}
