import type { FileReader } from '#core/ports/files.ts';
import type { DiskDocuments } from './disk-documents.ts';
import type { DocumentStore } from './document-store.ts';
import type { TrackedDocument } from './tracked-document.ts';

export interface IncludeIndexOptions {
  readonly documents: DocumentStore;
  readonly disk: DiskDocuments;
  readonly files: FileReader;
}

/**
 * Which documents include which paths, also indirectly. Kept by path, so that a question about one document costs what its own family is,
 * however many are open: with ten thousand of them a walk through all for each took minutes.
 */
export class IncludeIndex {
  readonly #options: IncludeIndexOptions;
  /** Documents that include something → the paths they reach. */
  readonly #reach = new Map<TrackedDocument, ReadonlySet<string>>();
  readonly #reachedBy = new Map<string, Set<TrackedDocument>>();
  readonly #stale = new Set<TrackedDocument>();
  readonly #heads = new WeakMap<TrackedDocument, unknown>();
  #settling: Promise<void> = Promise.resolve();
  /** Documents whose includes were followed so far: what all this costs. */
  followed = 0;

  constructor(options: IncludeIndexOptions) {
    this.#options = options;
  }

  /** A document was opened: what it includes counts, and its text counts for those that include it. */
  opened(document: TrackedDocument): void {
    this.#heads.set(document, readHead(document));
    this.#stale.add(document);
    this.#expirePath(document.path);
  }

  /** A document was edited. */
  changed(document: TrackedDocument): void {
    const head = readHead(document);
    if (this.#heads.get(document) !== head) this.opened(document);
  }

  /** A document was closed, or is to be forgotten. */
  closed(document: TrackedDocument): void {
    this.#drop(document);
    this.#stale.delete(document);
    this.#expirePath(document.path);
  }

  /** Files have changed. */
  expire(): void {
    for (const document of this.#reach.keys()) this.#stale.add(document);
  }

  /** Documents that include a path. */
  async includersOf(path: string): Promise<readonly TrackedDocument[]> {
    await this.#settle();
    return [...(this.#reachedBy.get(path) ?? [])];
  }

  /** A document and all that it includes; files that are not open are read. */
  async withIncludes(document: TrackedDocument): Promise<readonly TrackedDocument[]> {
    const { members } = await this.#follow(document);
    return members;
  }

  #expirePath(path: string): void {
    for (const includer of this.#reachedBy.get(path) ?? []) this.#stale.add(includer);
  }

  #drop(document: TrackedDocument): void {
    for (const path of this.#reach.get(document) ?? []) {
      const includers = this.#reachedBy.get(path);
      includers?.delete(document);
      if (includers?.size === 0) this.#reachedBy.delete(path);
    }
    this.#reach.delete(document);
  }

  /** Brings the index up to date, one caller after the other. */
  #settle(): Promise<void> {
    this.#settling = this.#settling.then(async () => {
      // A set tells of what is added while it is walked through.
      for (const document of this.#stale) {
        this.#stale.delete(document);
        const { paths } = await this.#follow(document);
        this.#drop(document);
        // Closed, or edited again, while files were read.
        if (this.#stale.has(document) || !this.#options.documents.has(document)) continue;
        this.#keep(document, paths);
      }
    });
    return this.#settling;
  }

  #keep(document: TrackedDocument, paths: ReadonlySet<string>): void {
    if (paths.size === 0) return;
    this.#reach.set(document, paths);
    for (const path of paths) this.#reachedBy.set(path, (this.#reachedBy.get(path) ?? new Set()).add(document));
  }

  async #follow(document: TrackedDocument): Promise<{ readonly members: readonly TrackedDocument[]; readonly paths: ReadonlySet<string> }> {
    const { documents, disk, files } = this.#options;
    this.followed += 1;
    const found = new Set([document]);
    const paths = new Set<string>();
    // A set tells of what is added while it is walked through.
    for (const member of found) {
      for (const name of listIncludes(member)) {
        const path = files.resolve(name, member.path);
        // Also one that is not there: it may be opened or written.
        if (path !== document.path) paths.add(path);
        const included = documents.getByPath(path) ?? (await disk.load(path));
        if (included) found.add(included);
      }
    }
    return { members: [...found], paths };
  }
}

/** Files that a document includes, as it writes them. */
export function listIncludes({ model, analysis }: TrackedDocument): readonly string[] {
  const value = model.state === 'whole' ? analysis.definitions.infra.include : model.index.sections.get('include')?.head.content.value;
  return Array.isArray(value) ? value.filter((name): name is string => typeof name === 'string' && name !== '') : [];
}

/** What decides about the includes of a document: the part of it that names them. Equal as long as that stays the same. */
function readHead(document: TrackedDocument): unknown {
  const { model } = document;
  return model.state === 'whole' ? listIncludes(document).join('\n') : model.index.sections.get('include')?.head;
}
