import { dirname, join } from 'node:path';
import type { FileReader } from '#core/ports/files.ts';
import { isInfraFileName } from '#schemas/infra/infra-file.ts';
import type { ListFolder } from '../ports/server-ports.ts';
import type { DiskDocuments } from './disk-documents.ts';
import { isOnDisk } from './document-paths.ts';
import type { DocumentStore } from './document-store.ts';
import type { TrackedDocument } from './tracked-document.ts';

/** A document with the files it shares definitions with. */
export interface Family {
  /** The document itself, then what it includes, then what includes it and their other includes. Each once. */
  readonly members: readonly TrackedDocument[];
  /** Whether another file includes the document: then it may hold definitions only. */
  readonly isIncluded: boolean;
}

export interface FamiliesOptions {
  readonly documents: DocumentStore;
  readonly disk: DiskDocuments;
  readonly files: FileReader;
  readonly listFolder: ListFolder;
}

/** Folders upwards that are searched for files which include a document, its own included. */
const SEARCHED_FOLDERS = 3;

/** Which files belong together. Answers are kept until an `include`, the set of open documents or a file changes. */
export class Families {
  readonly #options: FamiliesOptions;
  readonly #known = new WeakMap<TrackedDocument, { readonly key: string; readonly family: Promise<Family> }>();
  #generation = 0;

  constructor(options: FamiliesOptions) {
    this.#options = options;
  }

  /** Documents were opened or closed, or a file has changed. */
  expire(): void {
    this.#generation += 1;
  }

  /** The family of a document. Reads files that are not open. */
  familyOf(document: TrackedDocument): Promise<Family> {
    const key = [this.#generation, isMain(document), ...this.#options.documents.all.flatMap(listIncludes)].join('\n');
    const known = this.#known.get(document);
    if (known?.key === key) return known.family;
    const family = this.#find(document);
    this.#known.set(document, { key, family });
    return family;
  }

  async #find(document: TrackedDocument): Promise<Family> {
    const members = await this.#withIncludes(document);
    const candidates = [...this.#options.documents.all, ...(await this.#findOnDisk(document))];
    let isIncluded = false;
    const includers: TrackedDocument[] = [];
    for (const candidate of candidates) {
      if (candidate === document) continue;
      const reached = await this.#withIncludes(candidate);
      if (!reached.includes(document)) continue;
      isIncluded = true;
      includers.push(...reached);
    }
    return { members: [...new Set([...members, ...includers])], isIncluded };
  }

  /** A document and all that it includes, also indirectly. */
  async #withIncludes(document: TrackedDocument): Promise<readonly TrackedDocument[]> {
    const { documents, disk, files } = this.#options;
    const found = new Set([document]);
    // A set tells of what is added while it is walked through.
    for (const member of found) {
      for (const name of listIncludes(member)) {
        const path = files.resolve(name, member.path);
        const included = documents.getByPath(path) ?? (await disk.load(path));
        if (included) found.add(included);
      }
    }
    return [...found];
  }

  /** Infra files near a document that is no infra file of its own: one of them is likely to include it. */
  async #findOnDisk(document: TrackedDocument): Promise<readonly TrackedDocument[]> {
    const { documents, disk, listFolder } = this.#options;
    if (isMain(document) || !isOnDisk(document.path)) return [];
    const found: TrackedDocument[] = [];
    let folder = dirname(document.path);
    for (let step = 0; step < SEARCHED_FOLDERS; step += 1) {
      for (const { name, isFolder } of listFolder(folder) ?? []) {
        const path = join(folder, name);
        if (isFolder || !isInfraFileName(name) || documents.getByPath(path)) continue;
        const candidate = await disk.load(path);
        if (candidate) found.push(candidate);
      }
      if (dirname(folder) === folder) break;
      folder = dirname(folder);
    }
    return found;
  }
}

/** Files that a document includes, as it writes them. */
function listIncludes({ model, analysis }: TrackedDocument): readonly string[] {
  const value = model.state === 'whole' ? analysis.definitions.infra.include : model.index.sections.get('include')?.head.content.value;
  return Array.isArray(value) ? value.filter((name): name is string => typeof name === 'string' && name !== '') : [];
}

/** Whether a document declares a project, which a file with shared definitions never does. */
const isMain = ({ model }: TrackedDocument): boolean => model.state === 'whole' || model.index.sections.has('project');
