import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import {
  createMissingPlaybook,
  listMergedFiles,
  listPlaybookFiles,
  type PlaybookFile,
} from '#core/infra/rules/playbooks/check-playbook-files.ts';
import type { FileReader } from '#core/ports/files.ts';
import { judgeEntry } from '#server/languageservice/document/chunk-verdict.ts';
import { isSound, type Chunk } from '#server/languageservice/document/chunk.ts';
import type { InfraDocumentModel } from '#server/languageservice/document/infra-document-model.ts';
import { mapRanges, toAbsolute } from '#server/languageservice/document/local-range.ts';
import type { TrackedDocument } from '../documents/tracked-document.ts';

type Document = Pick<TrackedDocument, 'model' | 'analysis'>;

/** Problems of the user's own playbooks: files that are not there. What was found on the disk is kept until somebody says that files changed. */
export class PlaybookDiagnostics {
  readonly #files: FileReader;
  readonly #named = new WeakMap<Chunk, readonly PlaybookFile[]>();
  readonly #exists = new Map<string, boolean>();

  constructor(files: FileReader) {
    this.#files = files;
  }

  /** Looks for the playbooks that a document names, as far as that is not known. */
  async refresh(document: Document): Promise<void> {
    const paths = this.#listNamed(document).map(({ path }) => this.#files.resolve(path, document.model.file));
    for (const path of new Set(paths)) if (!this.#exists.has(path)) this.#exists.set(path, await this.#files.exists(path));
  }

  /** Playbooks of a document that are known to be missing. */
  list(document: Document): readonly Diagnostic[] {
    return this.#listNamed(document).flatMap((named) => {
      const path = this.#files.resolve(named.path, document.model.file);
      return this.#exists.get(path) === false ? mapRanges(createMissingPlaybook(named, path), toAbsolute) : [];
    });
  }

  /** Files have changed. */
  expire(): void {
    this.#exists.clear();
  }

  #listNamed({ model, analysis }: Document): readonly PlaybookFile[] {
    const { state } = analysis;
    if (state === 'broken') return [];
    // What has no chunk of its own: `defaults`, of included files too, and servers in brackets. Of a whole text, everything.
    const found = [...listMergedFiles(analysis.definitions)];
    if (state === 'whole') return found;
    for (const chunk of model.chunks) {
      const known = this.#named.get(chunk) ?? listNamed(chunk, model);
      this.#named.set(chunk, known);
      if (known.length > 0) found.push(...known);
    }
    return found;
  }
}

const NONE: readonly PlaybookFile[] = [];

/** Those of a server entry that is a chunk. */
function listNamed(chunk: Chunk, { locate }: InfraDocumentModel): readonly PlaybookFile[] {
  if (!isSound(chunk) || chunk.role !== 'entry' || chunk.section !== 'servers') return NONE;
  // An entry with mistakes of form is no part of what is merged.
  if (judgeEntry(chunk).data === undefined) return NONE;
  const { name, value } = chunk.content;
  return listPlaybookFiles(value, ['servers', name], locate);
}
