import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { createMissingPlaybook, listPlaybookFiles, type PlaybookFile } from '#core/infra/rules/check-playbook-files.ts';
import type { FileReader } from '#core/ports/files.ts';
import { isSound, type Chunk } from '#server/languageservice/document/chunk.ts';
import type { InfraDocumentModel } from '#server/languageservice/document/infra-document-model.ts';
import { mapRanges, toAbsolute } from '#server/languageservice/document/local-range.ts';

/** Problems of the user's own playbooks: files that are not there. What was found on the disk is kept until somebody says that files changed. */
export class PlaybookDiagnostics {
  readonly #files: FileReader;
  readonly #named = new WeakMap<Chunk, readonly PlaybookFile[]>();
  readonly #exists = new Map<string, boolean>();

  constructor(files: FileReader) {
    this.#files = files;
  }

  /** Looks for the playbooks that a document names, as far as that is not known. */
  async refresh(model: InfraDocumentModel): Promise<void> {
    const paths = this.#listNamed(model).map(({ path }) => this.#files.resolve(path, model.file));
    for (const path of new Set(paths)) if (!this.#exists.has(path)) this.#exists.set(path, await this.#files.exists(path));
  }

  /** Playbooks of a document that are known to be missing. */
  list(model: InfraDocumentModel): readonly Diagnostic[] {
    return this.#listNamed(model).flatMap((named) => {
      const path = this.#files.resolve(named.path, model.file);
      return this.#exists.get(path) === false ? mapRanges(createMissingPlaybook(named, path), toAbsolute) : [];
    });
  }

  /** Files have changed. */
  expire(): void {
    this.#exists.clear();
  }

  #listNamed(model: InfraDocumentModel): readonly PlaybookFile[] {
    if (model.state !== 'sound') return NONE;
    const found: PlaybookFile[] = [];
    for (const chunk of model.chunks) {
      const known = this.#named.get(chunk) ?? listNamed(chunk, model);
      this.#named.set(chunk, known);
      if (known.length > 0) found.push(...known);
    }
    return found;
  }
}

const NONE: readonly PlaybookFile[] = [];

function listNamed(chunk: Chunk, { locate }: InfraDocumentModel): readonly PlaybookFile[] {
  if (!isSound(chunk)) return NONE;
  const { name, value } = chunk.content;
  if (chunk.role === 'entry' && chunk.section === 'servers') return listPlaybookFiles(value, ['servers', name], locate);
  return chunk.role === 'section' && name === 'defaults' ? listPlaybookFiles(value, ['defaults'], locate) : NONE;
}
