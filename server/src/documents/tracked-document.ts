import type { TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { MAX_INFRA_BYTES } from '#core/infra/load/read-text.ts';
import { InfraAnalysis } from '#server/languageservice/diagnostics/infra-analysis.ts';
import { InfraDocumentModel } from '#server/languageservice/document/infra-document-model.ts';
import type { OpenDocument } from '#server/languageservice/open-document.ts';
import { LargeText } from './large-text.ts';

/** Lines that an edit touched, as they are after it; both are 0-based, the last one counts too. */
export interface EditedLines {
  readonly first: number;
  readonly last: number;
}

/**
 * A document and what the editor calls its state. A text above the limit of infra files is not looked at, however it came to be so long:
 * to every feature the document is empty, and its one problem is its size. Edits that shorten it bring it back, unless it was far above
 * the limit: then only a whole text does, or opening it again.
 */
export class TrackedDocument implements OpenDocument {
  readonly uri: string;
  readonly path: string;
  /** The editor's; of a file on the disk that nobody edits, 0. */
  version: number;
  #model: InfraDocumentModel;
  #analysis: InfraAnalysis;
  #large: LargeText | undefined;

  constructor(uri: string, path: string, version: number, text: string) {
    this.uri = uri;
    this.path = path;
    this.version = version;
    this.#large = isTooLong(text.length) ? new LargeText(text) : undefined;
    this.#model = new InfraDocumentModel(path, this.#large ? '' : text);
    this.#analysis = new InfraAnalysis(this.#model);
  }

  get model(): InfraDocumentModel {
    return this.#model;
  }

  get analysis(): InfraAnalysis {
    return this.#analysis;
  }

  /** A text above the limit: its size, at least, and whether edits can bring it back. Undefined while the text is looked at. */
  get excess(): { readonly bytes: number; readonly isKept: boolean } | undefined {
    return this.#large && { bytes: this.#large.length, isKept: this.#large.text !== undefined };
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
    if (!('range' in change)) return this.#replaceAll(change.text);
    const large = this.#large;
    if (!large && !isTooLong(this.#model.length + change.text.length)) {
      this.#model.applyChange(change.range, change.text);
      return;
    }
    const text = large ?? new LargeText(this.#model.text);
    text.change(change.range, change.text);
    if (text.text !== undefined && !isTooLong(text.length)) this.#replaceAll(text.text);
    else this.#setLarge(text);
  }

  #replaceAll(text: string): void {
    if (isTooLong(text.length)) this.#setLarge(new LargeText(text));
    else if (this.#large) {
      this.#large = undefined;
      this.#open(text);
    } else this.#model.applyChange(WHOLE, text);
  }

  #setLarge(text: LargeText): void {
    if (!this.#large) this.#open('');
    this.#large = text;
  }

  #open(text: string): void {
    this.#model = new InfraDocumentModel(this.path, text);
    this.#analysis = new InfraAnalysis(this.#model);
  }
}

/** A UTF-16 unit is one byte of UTF-8 at least; what is longer in bytes alone is refused when it is read as a whole. */
const isTooLong = (length: number): boolean => length > MAX_INFRA_BYTES;

/** Positions after the end are moved to it. */
const WHOLE = { start: { line: 0, character: 0 }, end: { line: 2 ** 31 - 1, character: 0 } };

const countBreaks = (text: string): number => text.split('\n').length - 1;
