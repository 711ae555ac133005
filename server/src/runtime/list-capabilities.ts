import { TextDocumentSyncKind, type ServerCapabilities } from 'vscode-languageserver';
import { actionKinds } from '#server/languageservice/actions/list-actions.ts';
import { completionTriggers } from '#server/languageservice/completion/get-completions.ts';
import { tokenLegend } from '#server/languageservice/structure/list-semantic-tokens.ts';
import type { Session } from './session.ts';

/** What the server offers an editor. */
export const listCapabilities = ({ capabilities }: Session): ServerCapabilities => ({
  // Where nobody tells of files that change, a save is the time to look at them again.
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, ...(capabilities.watching ? {} : { save: true }) },
  completionProvider: { triggerCharacters: [...completionTriggers], resolveProvider: true },
  hoverProvider: true,
  codeLensProvider: { resolveProvider: true },
  inlayHintProvider: true,
  codeActionProvider: { codeActionKinds: [...actionKinds] },
  documentSymbolProvider: true,
  workspaceSymbolProvider: true,
  foldingRangeProvider: true,
  selectionRangeProvider: true,
  documentLinkProvider: {},
  documentFormattingProvider: true,
  documentRangeFormattingProvider: true,
  semanticTokensProvider: { legend: tokenLegend, full: { delta: true }, range: true },
  definitionProvider: true,
  referencesProvider: true,
  documentHighlightProvider: true,
  renameProvider: capabilities.prepareRename ? { prepareProvider: true } : true,
  // An editor that asks is not told besides.
  ...(capabilities.pullsDiagnostics
    ? { diagnosticProvider: { identifier: 'ict', interFileDependencies: true, workspaceDiagnostics: false } }
    : {}),
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
});
