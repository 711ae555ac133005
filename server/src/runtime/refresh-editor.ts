import { CodeLensRefreshRequest, InlayHintRefreshRequest, type Connection } from 'vscode-languageserver';
import type { ClientAbilities } from './client-abilities.ts';
import { sendSafely } from './send-safely.ts';

/** Has the editor ask again for what shows values from outside of the text, as far as it can be asked. */
export function refreshEditor(connection: Connection, { refresh }: ClientAbilities): void {
  if (refresh.codeLens) sendSafely(() => connection.sendRequest(CodeLensRefreshRequest.type));
  if (refresh.inlayHint) sendSafely(() => connection.sendRequest(InlayHintRefreshRequest.type));
}
