import type { TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { InfraAnalysis } from '#server/languageservice/diagnostics/infra-analysis.ts';
import { InfraDocumentModel } from '#server/languageservice/document/infra-document-model.ts';
import type { OpenDocument } from '#server/languageservice/open-document.ts';

/** Lines that an edit touched, as they are after it; both are 0-based, the last one counts too. */
export interface EditedLines {
  readonly first: number;
  readonly last: number;
}

/** A document and what the editor calls its state. */
export class TrackedDocument implements OpenDocument {
  readonly uri: string;
  readonly path: string;
  readonly model: InfraDocumentModel;
  readonly analysis: InfraAnalysis;
  /** The editor's; of a file on the disk that nobody edits, 0. */
  version: number;

  constructor(uri: string, path: string, version: number, text: string) {
    this.uri = uri;
    this.path = path;
    this.version = version;
    this.model = new InfraDocumentModel(path, text);
    this.analysis = new InfraAnalysis(this.model);
  }

  /** Takes an editor's changes over, in their order. */
  change(version: number, changes: readonly TextDocumentContentChangeEvent[]): EditedLines | undefined {
    let edited: EditedLines | undefined;
    for (const change of changes) {
      const range = 'range' in change ? change.range : WHOLE;
      this.model.applyChange(range, change.text);
      // A whole text says nothing about where somebody types.
      edited = 'range' in change ? { first: range.start.line, last: range.start.line + countBreaks(change.text) } : undefined;
    }
    this.version = version;
    return edited;
  }
}

/** Positions after the end are moved to it. */
const WHOLE = { start: { line: 0, character: 0 }, end: { line: 2 ** 31 - 1, character: 0 } };

const countBreaks = (text: string): number => text.split('\n').length - 1;
