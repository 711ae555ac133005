import type { TextEdit } from 'vscode-languageserver-types';
import type { ValuePath } from '#core/infra/parse/position-tree.ts';
import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import type { Text } from '#schemas/text/text.ts';
import type { LanguageRequest } from '../language-request.ts';
import type { OpenDocument } from '../open-document.ts';
import { LineEditor } from './line-editor.ts';

/** One way to mend a problem of the open document. */
export interface Remedy {
  readonly title: Text;
  readonly edits: readonly TextEdit[];
}

/** What remedies are made from. `path` is the diagnostic's address. */
export interface FixContext {
  readonly document: OpenDocument;
  readonly diagnostic: Diagnostic;
  readonly path: ValuePath;
  readonly editor: LineEditor;
  readonly request: LanguageRequest;
}

/** The context of a problem in the open document; undefined for one without a place or in another file. */
export function createFixContext(document: OpenDocument, diagnostic: Diagnostic, request: LanguageRequest): FixContext | undefined {
  const { source, address = '' } = diagnostic;
  const editor = source && source.file === document.model.file ? LineEditor.at(document, source.start.line) : undefined;
  return editor && { document, diagnostic, path: toPath(address), editor, request };
}

/** `servers.web.playbooks[0]` as a path. */
export const toPath = (address: string): ValuePath =>
  [...address.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, index, name]) => (index === undefined ? (name ?? '') : Number(index)));

/** Ways of mending with at least one edit. */
export const withEdits = (remedies: readonly Remedy[]): readonly Remedy[] => remedies.filter(({ edits }) => edits.length > 0);
