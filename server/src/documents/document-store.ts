import type { Overlay } from '#core/infra/load/read-text.ts';
import { dirname } from 'node:path';
import { isOnDisk, toPath } from './document-paths.ts';
import { TrackedDocument } from './tracked-document.ts';

/** Documents that the editor has open, by its own addresses and by their paths. */
export class DocumentStore {
  readonly #byUri = new Map<string, TrackedDocument>();
  readonly #byPath = new Map<string, TrackedDocument>();
  /** Folders of the files that are open → how many of them. */
  readonly #folders = new Map<string, number>();

  /** Every open document, in the order in which they were opened. */
  get all(): readonly TrackedDocument[] {
    return [...this.#byUri.values()];
  }

  open(uri: string, version: number, text: string): TrackedDocument {
    const document = new TrackedDocument(uri, toPath(uri), version, text);
    this.#count(this.#byUri.get(uri), -1);
    this.#byUri.set(uri, document);
    this.#count(document, 1);
    this.#byPath.set(document.path, document);
    return document;
  }

  /** Folders of the files that are open, each once. */
  get folders(): readonly string[] {
    return [...this.#folders.keys()];
  }

  #count(document: TrackedDocument | undefined, step: 1 | -1): void {
    if (!document || !isOnDisk(document.path)) return;
    const folder = dirname(document.path);
    const count = (this.#folders.get(folder) ?? 0) + step;
    if (count > 0) this.#folders.set(folder, count);
    else this.#folders.delete(folder);
  }

  /** The document that was closed; undefined when it was not open. */
  close(uri: string): TrackedDocument | undefined {
    const document = this.get(uri);
    if (!document) return undefined;
    this.#byUri.delete(document.uri);
    this.#count(document, -1);
    if (this.#byPath.get(document.path) === document) this.#byPath.delete(document.path);
    return document;
  }

  /** A document by its address, which editors do not always write in the same way. */
  get(uri: string): TrackedDocument | undefined {
    return this.#byUri.get(uri) ?? this.#byPath.get(toPath(uri));
  }

  getByPath(path: string): TrackedDocument | undefined {
    return this.#byPath.get(path);
  }

  /** Whether this very document is open still. */
  has(document: TrackedDocument): boolean {
    return this.#byUri.get(document.uri) === document;
  }

  /** Open texts go before the disk. */
  readonly overlay: Overlay = (path) => {
    const document = this.#byPath.get(path);
    return document?.excess ? { bytes: document.excess.bytes } : document?.model.text;
  };
}
