import { CodeLensRefreshRequest, InlayHintRefreshRequest, type Connection } from 'vscode-languageserver';
import type { EditorCapabilities } from '../ports/editor-capabilities.ts';
import { sendSafely } from './send-safely.ts';

/** What shows values from outside of the text. */
export type Shown = 'lenses' | 'hints';

/**
 * Has the editor ask again for what shows values from outside of the text, as far as it can be asked. Only for what may differ:
 * an editor draws all of it anew, and a click on what is being drawn is lost.
 */
export function refreshEditor(connection: Connection, { refresh }: EditorCapabilities, shown: readonly Shown[]): void {
  if (refresh.codeLens && shown.includes('lenses')) sendSafely(() => connection.sendRequest(CodeLensRefreshRequest.type));
  if (refresh.inlayHint && shown.includes('hints')) sendSafely(() => connection.sendRequest(InlayHintRefreshRequest.type));
}
