import { MAX_INFRA_BYTES } from '#core/infra/load/read-text.ts';
import { decodeText } from '#core/infra/parse/decode-text.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { FileReader } from '#core/ports/files.ts';
import { isOnDisk, toUri } from './document-paths.ts';
import { TrackedDocument } from './tracked-document.ts';

/** How long a reading is good for where nobody tells of changes, milliseconds. */
const FRESH_MS = 5000;

interface Reading {
  readonly document: Promise<TrackedDocument | undefined>;
  readonly atMs: number;
}

/** Infra files that are not open in the editor but belong to one that is. They are read, and never changed. */
export class DiskDocuments {
  readonly #files: FileReader;
  readonly #clock: Clock;
  readonly #known = new Map<string, Reading>();
  /** Whether somebody tells when a file changes; otherwise files are read again after a while. */
  isWatched = false;

  constructor(files: FileReader, clock: Clock) {
    this.#files = files;
    this.#clock = clock;
  }

  /** The document of a path; undefined when it cannot be read. */
  load(path: string): Promise<TrackedDocument | undefined> {
    const elapsed = this.#clock.elapsed();
    const known = this.#known.get(path);
    if (known && (this.isWatched || elapsed - known.atMs < FRESH_MS)) return known.document;
    const document = this.#read(path);
    this.#known.set(path, { document, atMs: elapsed });
    return document;
  }

  /** A file has changed, appeared or gone. */
  forget(path: string): void {
    this.#known.delete(path);
  }

  async #read(path: string): Promise<TrackedDocument | undefined> {
    if (!isOnDisk(path)) return undefined;
    const bytes = await this.#files.read(path, MAX_INFRA_BYTES).catch(() => undefined);
    const decoded = bytes && decodeText(bytes);
    return decoded && 'text' in decoded ? new TrackedDocument(toUri(path), path, 0, decoded.text) : undefined;
  }
}
