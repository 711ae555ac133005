import { dirname, join } from 'node:path';
import { isInfraFileName } from '#schemas/infra/infra-file.ts';
import type { ListFolder } from '../ports/server-ports.ts';
import { isOnDisk } from './document-paths.ts';
import { IncludeIndex, listIncludes, type IncludeIndexOptions } from './include-index.ts';
import type { TrackedDocument } from './tracked-document.ts';

/** A document with the files it shares definitions with. */
export interface Family {
  /** The document itself, then what it includes, then what includes it and their other includes. Each once. */
  readonly members: readonly TrackedDocument[];
  /** Whether another file includes the document: then it may hold definitions only. */
  readonly isIncluded: boolean;
}

export interface FamiliesOptions extends IncludeIndexOptions {
  readonly listFolder: ListFolder;
}

/** Folders upwards that are searched for files which include a document, its own included. */
const SEARCHED_FOLDERS = 3;

/** Which files belong together. */
export class Families {
  readonly #options: FamiliesOptions;
  readonly #index: IncludeIndex;
  /** {@link #readFolder} of folders, until a file changes; only where somebody tells of that. */
  readonly #folders = new Map<string, Promise<readonly TrackedDocument[]>>();

  constructor(options: FamiliesOptions) {
    this.#options = options;
    this.#index = new IncludeIndex(options);
  }

  /** A document was opened. */
  opened(document: TrackedDocument): void {
    this.#index.opened(document);
  }

  /** A document was edited. */
  changed(document: TrackedDocument): void {
    this.#index.changed(document);
  }

  /** A document was closed. */
  closed(document: TrackedDocument): void {
    this.#index.closed(document);
    // It counts as a file again.
    this.#folders.delete(dirname(document.path));
  }

  /** Files have changed. */
  expire(): void {
    this.#index.expire();
    this.#folders.clear();
  }

  /** How many documents had their includes followed so far, which is what families cost. */
  get followed(): number {
    return this.#index.followed;
  }

  /** Open documents that include a document, also indirectly. */
  includersOf(document: TrackedDocument): Promise<readonly TrackedDocument[]> {
    return this.#index.includersOf(document.path);
  }

  /** The family of a document. Reads files that are not open. */
  async familyOf(document: TrackedDocument): Promise<Family> {
    const members = await this.#index.withIncludes(document);
    const includers = [...(await this.#index.includersOf(document.path)), ...(await this.#findOnDisk(document))];
    const others: TrackedDocument[] = [];
    for (const includer of includers) if (includer !== document) others.push(...(await this.#index.withIncludes(includer)));
    return { members: [...new Set([...members, ...others])], isIncluded: includers.length > 0 };
  }

  /** Infra files near a document that is no infra file of its own, and include it. */
  async #findOnDisk(document: TrackedDocument): Promise<readonly TrackedDocument[]> {
    const { documents } = this.#options;
    if (isMain(document) || !isOnDisk(document.path)) return [];
    const found: TrackedDocument[] = [];
    let folder = dirname(document.path);
    for (let step = 0; step < SEARCHED_FOLDERS; step += 1) {
      const candidates = this.#folders.get(folder) ?? this.#readFolder(folder);
      if (this.#options.disk.isWatched) this.#folders.set(folder, candidates);
      for (const candidate of await candidates) {
        if (documents.getByPath(candidate.path)) continue;
        const reached = await this.#index.withIncludes(candidate);
        if (reached.includes(document)) found.push(candidate);
      }
      if (dirname(folder) === folder) break;
      folder = dirname(folder);
    }
    return found;
  }

  /** Infra files of a folder that are not open and include something. */
  async #readFolder(folder: string): Promise<readonly TrackedDocument[]> {
    const { documents, disk, listFolder } = this.#options;
    const found: TrackedDocument[] = [];
    for (const { name, isFolder } of listFolder(folder) ?? []) {
      const path = join(folder, name);
      if (isFolder || !isInfraFileName(name) || documents.getByPath(path)) continue;
      const candidate = await disk.load(path);
      if (candidate && listIncludes(candidate).length > 0) found.push(candidate);
    }
    return found;
  }
}

/** Whether a document declares a project, which a file with shared definitions never does. */
const isMain = ({ model }: TrackedDocument): boolean => model.state === 'whole' || model.index.sections.has('project');
