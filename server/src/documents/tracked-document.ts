import type { TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { MAX_INFRA_BYTES } from '#core/infra/load/read-text.ts';
import { InfraAnalysis } from '#server/languageservice/diagnostics/infra-analysis.ts';
import { InfraDocumentModel } from '#server/languageservice/document/infra-document-model.ts';
import type { OpenDocument } from '#server/languageservice/open-document.ts';

/** Lines that an edit touched, as they are after it; both are 0-based, the last one counts too. */
export interface EditedLines {
  readonly first: number;
  readonly last: number;
}

/**
 * A document and what the editor calls its state. A text above the limit of infra files is neither kept nor looked at, however it
 * came to be so long: to every feature the document is empty, and its one problem is its size. Edits of parts of it mean nothing
 * then; a whole text that is short enough brings it back, as does opening it again.
 */
export class TrackedDocument implements OpenDocument {
  readonly uri: string;
  readonly path: string;
  /** The editor's; of a file on the disk that nobody edits, 0. */
  version: number;
  #model: InfraDocumentModel;
  #analysis: InfraAnalysis;
  #excessBytes: number | undefined;

  constructor(uri: string, path: string, version: number, text: string) {
    this.uri = uri;
    this.path = path;
    this.version = version;
    this.#excessBytes = isTooLong(text.length) ? text.length : undefined;
    this.#model = new InfraDocumentModel(path, this.#excessBytes === undefined ? text : '');
    this.#analysis = new InfraAnalysis(this.#model);
  }

  get model(): InfraDocumentModel {
    return this.#model;
  }

  get analysis(): InfraAnalysis {
    return this.#analysis;
  }

  /** Size of a text above the limit, at least; undefined while the text is kept. */
  get excessBytes(): number | undefined {
    return this.#excessBytes;
  }

  /** Takes an editor's changes over, in their order. */
  change(version: number, changes: readonly TextDocumentContentChangeEvent[]): EditedLines | undefined {
    let edited: EditedLines | undefined;
    for (const change of changes) {
      this.#apply(change);
      // A whole text says nothing about where somebody types.
      edited = 'range' in change ? { first: change.range.start.line, last: change.range.start.line + countBreaks(change.text) } : undefined;
    }
    this.version = version;
    return edited;
  }

  #apply(change: TextDocumentContentChangeEvent): void {
    const isWhole = !('range' in change);
    if (this.#excessBytes !== undefined && !isWhole) return;
    if (isTooLong(change.text.length)) this.#replaceAll('', change.text.length);
    else if (this.#excessBytes !== undefined) this.#replaceAll(change.text, undefined);
    else {
      this.#model.applyChange(isWhole ? WHOLE : change.range, change.text);
      if (isTooLong(this.#model.length)) this.#replaceAll('', this.#model.length);
    }
  }

  #replaceAll(text: string, excessBytes: number | undefined): void {
    this.#excessBytes = excessBytes;
    this.#model = new InfraDocumentModel(this.path, text);
    this.#analysis = new InfraAnalysis(this.#model);
  }
}

/** A UTF-16 unit is one byte of UTF-8 at least; what is longer in bytes alone is refused when it is read as a whole. */
const isTooLong = (length: number): boolean => length > MAX_INFRA_BYTES;

/** Positions after the end are moved to it. */
const WHOLE = { start: { line: 0, character: 0 }, end: { line: 2 ** 31 - 1, character: 0 } };

const countBreaks = (text: string): number => text.split('\n').length - 1;
