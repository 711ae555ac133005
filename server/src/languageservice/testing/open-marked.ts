import type { Position } from 'vscode-languageserver-types';
import { InfraAnalysis } from '../diagnostics/infra-analysis.ts';
import { InfraDocumentModel } from '../document/infra-document-model.ts';
import type { OpenDocument } from '../open-document.ts';
import { MODEL_PATH } from './compare-with-full-parse.ts';

/** Stands in the texts of tests where the cursor is. */
export const MARK = '¦';

/** Opens a text as an editor would. */
export function openText(text: string, path = MODEL_PATH): OpenDocument {
  const model = new InfraDocumentModel(path, text);
  return { uri: `file://${path}`, model, analysis: new InfraAnalysis(model) };
}

/** Opens a text that holds a {@link MARK}, without it, and says where the mark was. */
export function openMarked(
  marked: string,
  path = MODEL_PATH,
): { readonly document: OpenDocument; readonly position: Position; readonly text: string } {
  const offset = marked.indexOf(MARK);
  if (offset < 0) throw new Error('no mark');
  const text = marked.slice(0, offset) + marked.slice(offset + MARK.length);
  return { document: openText(text, path), position: toPosition(text, offset), text };
}

/** Position of an offset, as an editor counts. */
export function toPosition(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split(/\r\n|\n|\r/);
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}
