import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import type { Overlay } from '#core/infra/load/read-text.ts';
import { readPriceTable } from '#core/infra/prices/read-price-table.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { FileReader } from '#core/ports/files.ts';
import type { PriceTable } from '#schemas/infra/prices.ts';
import type { Aged } from '#server/languageservice/values/known-values.ts';
import type { OpenDocument } from '#server/languageservice/open-document.ts';
import { readHead } from './project-place.ts';

export interface PriceValuesOptions {
  readonly files: FileReader;
  readonly overlay: Overlay;
  readonly clock: Clock;
}

/** A price table as it was read, and what is wrong with it. */
interface Reading {
  readonly name: string;
  readonly table: Aged<PriceTable> | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** The price tables that documents name. Each is read once, until somebody says that a file has changed. */
export class PriceValues {
  readonly #options: PriceValuesOptions;
  readonly #known = new WeakMap<OpenDocument, Reading>();
  #generation = {};
  readonly #generations = new WeakMap<OpenDocument, object>();

  constructor(options: PriceValuesOptions) {
    this.#options = options;
  }

  /** The table that a document names, as it was last read. */
  tableOf(document: OpenDocument): Aged<PriceTable> | undefined {
    const known = this.#known.get(document);
    return known && known.name === readHead(document.model, 'prices') ? known.table : undefined;
  }

  /** Reads the table of a document unless that has happened. Gives its problems, and whether it is another one now. */
  async refresh(document: OpenDocument): Promise<{ readonly diagnostics: readonly Diagnostic[]; readonly isNew: boolean }> {
    const { model } = document;
    const name = readHead(model, 'prices');
    const known = this.#known.get(document);
    if (typeof name !== 'string' || name === '') {
      this.#known.delete(document);
      return { diagnostics: [], isNew: known !== undefined };
    }
    if (known?.name === name && this.#generations.get(document) === this.#generation)
      return { diagnostics: known.diagnostics, isNew: false };
    const generation = this.#generation;
    const { files, overlay, clock } = this.#options;
    const place = { file: model.file, infra: { version: 1, project: 'project', prices: name }, locate: model.locate } as const;
    const { value, diagnostics } = await readPriceTable(files, place, overlay);
    this.#known.set(document, { name, table: value ? { value: value.table, readAtMs: clock.elapsed() } : undefined, diagnostics });
    this.#generations.set(document, generation);
    return { diagnostics, isNew: true };
  }

  /** A file has changed: tables are read again. */
  expire(): void {
    this.#generation = {};
  }
}
