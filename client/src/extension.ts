import type { ExtensionContext } from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';

let client: LanguageClient | undefined;

/** Starts the language client for infra files. No process is started before such a file is open. */
export function activate(context: ExtensionContext): void {
  const module = context.asAbsolutePath('dist/server.js');
  const run = { module, transport: TransportKind.ipc };
  client = new LanguageClient('ict', '1cloud ict', { run, debug: run }, { documentSelector: [{ language: 'ict-infra' }] });
  context.subscriptions.push(client);
  void client.start();
}

/** Ends the language server. */
export async function deactivate(): Promise<void> {
  await client?.stop();
}
