import { type Position, type TextDocument } from 'vscode';

/** The place in a document right after the first occurrence of a text; `back` counts characters towards its start. */
export function after(document: TextDocument, text: string, back = 0): Position {
  const at = document.getText().indexOf(text);
  if (at < 0) throw new Error(`"${text}" is not in ${document.uri.fsPath}`);
  return document.positionAt(at + text.length - back);
}
