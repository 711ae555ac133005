import type { ClientCapabilities } from 'vscode-languageserver';

/** An editor that can do everything, but waits for diagnostics to be sent. */
export const fullCapabilities: ClientCapabilities = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
    codeLens: { refreshSupport: true },
    inlayHint: { refreshSupport: true },
  },
  textDocument: {
    publishDiagnostics: {
      versionSupport: true,
      relatedInformation: true,
      codeDescriptionSupport: true,
      dataSupport: true,
      tagSupport: { valueSet: [1, 2] },
    },
    completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown'] } },
    hover: { contentFormat: ['markdown'] },
    definition: { linkSupport: true },
    rename: { prepareSupport: true },
    documentSymbol: { hierarchicalDocumentSymbolSupport: true },
    foldingRange: { lineFoldingOnly: true },
  },
};

/** The same for an editor that cannot be told to ask for lenses again: no timer runs on their account. */
export const withoutLensRefresh: ClientCapabilities = {
  workspace: { ...fullCapabilities.workspace, codeLens: {} },
  textDocument: fullCapabilities.textDocument ?? {},
};

/** The same for an editor that asks for diagnostics. */
export const pullCapabilities: ClientCapabilities = {
  workspace: { ...fullCapabilities.workspace, diagnostics: { refreshSupport: true } },
  textDocument: { ...fullCapabilities.textDocument, diagnostic: { relatedDocumentSupport: false } },
};
