import type { Overlay } from '#core/infra/load/read-text.ts';
import { toPath } from './document-paths.ts';
import { TrackedDocument } from './tracked-document.ts';

/** Documents that the editor has open, by its own addresses and by their paths. */
export class DocumentStore {
  readonly #byUri = new Map<string, TrackedDocument>();
  readonly #byPath = new Map<string, TrackedDocument>();

  /** Every open document, in the order in which they were opened. */
  get all(): readonly TrackedDocument[] {
    return [...this.#byUri.values()];
  }

  open(uri: string, version: number, text: string): TrackedDocument {
    const document = new TrackedDocument(uri, toPath(uri), version, text);
    this.#byUri.set(uri, document);
    this.#byPath.set(document.path, document);
    return document;
  }

  /** The document that was closed; undefined when it was not open. */
  close(uri: string): TrackedDocument | undefined {
    const document = this.get(uri);
    if (!document) return undefined;
    this.#byUri.delete(document.uri);
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
    return document?.excessBytes === undefined ? document?.model.text : { bytes: document.excessBytes };
  };
}
